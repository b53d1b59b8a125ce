'use client';

import { type ReactNode, useRef, useState } from 'react';
import { useT } from '#i18n';
import { SubmitButton } from '@/components/ui/submit-button';
import { useHydrated } from '@/components/use-hydrated';
import { useEventActions } from './reprocess';

type Props = {
  /** Heads the rows. */
  title: ReactNode;
  /** Rows with boxes to tick. */
  children: ReactNode;
};

/** Rows to tick and retry. Without scripts the checkboxes are enough. */
export function SelectionForm({ title, children }: Props) {
  const t = useT('webhooks');
  const [selected, setSelected] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const hydrated = useHydrated();

  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>('[name=event]') ?? [])];
  const count = () => setSelected(boxes().filter(({ checked }) => checked).length);
  const selectAll = (checked: boolean) => {
    for (const box of boxes()) box.checked = checked;
    count();
  };

  return (
    <form
      ref={form}
      action={useEventActions().reprocess}
      onChange={count}
      // React empties the form once the action is done.
      onReset={() => setSelected(0)}
    >
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        {title}
        <div className="ms-auto flex flex-wrap items-center gap-3">
          {hydrated ? (
            <label className="flex min-h-9 items-center gap-2 text-sm text-ink-muted">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                onChange={(event) => selectAll(event.target.checked)}
              />
              {t('list.selectAll')}
            </label>
          ) : null}
          <SubmitButton size="small" pendingText={t('list.pending')}>
            {selected > 0 ? t('list.againCount', { count: selected }) : t('list.again')}
          </SubmitButton>
        </div>
      </div>
      {children}
    </form>
  );
}
