'use client';

import { createContext, type ReactNode, use, useActionState, useState } from 'react';
import { useT } from '#i18n';
import { reprocess, settle } from '@/app/(admin)/admin/webhooks/actions';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

type Send = (form: FormData) => void;
const EventActions = createContext<{ reprocess: Send; settle: Send } | null>(null);

/**
 * Forms within it put events back, or settle them. What came of it is told here, above them: a form
 * can be gone by then, with the events it was about.
 */
export function ReprocessScope({ children }: { children: ReactNode }) {
  const t = useT('webhooks');
  const [reprocessed, sendReprocess] = useActionState(reprocess, idleForm);
  const [settled, sendSettle] = useActionState(settle, idleForm);
  const [last, setLast] = useState<'reprocess' | 'settle' | null>(null);
  // Without scripts only one of them has been sent.
  const state =
    (last ?? (settled.status === 'idle' ? 'reprocess' : 'settle')) === 'settle'
      ? settled
      : reprocessed;
  const { message } = state;
  return (
    <EventActions value={{ reprocess: sendReprocess, settle: sendSettle }}>
      <div className="sticky top-2 z-10 mb-4 empty:hidden">
        <FormSummary state={state} labels={{ reason: t('settle.reason') }} />
        <div role="status">
          {state.status === 'done' && message ? (
            <Notice tone="ok" className="shadow-float">
              <p>{message}</p>
            </Notice>
          ) : null}
        </div>
      </div>
      <div
        onSubmitCapture={({ target }) =>
          setLast(
            target instanceof HTMLFormElement && target.elements.namedItem('reason')
              ? 'settle'
              : 'reprocess',
          )
        }
      >
        {children}
      </div>
    </EventActions>
  );
}

/** The actions of the scope around. */
export function useEventActions(): { reprocess: Send; settle: Send } {
  const actions = use(EventActions);
  if (!actions) throw new Error('a form about events needs a scope around it');
  return actions;
}

type EventFormProps = {
  /** Which events: `event`, or `all` and a filter. */
  fields: Record<string, string>;
  children: string;
};

/** One button that puts events back. */
export function ReprocessForm({ fields, children }: EventFormProps) {
  const t = useT('webhooks');
  return (
    <form action={useEventActions().reprocess}>
      <HiddenFields fields={fields} />
      <SubmitButton size="small" pendingText={t('list.pending')}>
        {children}
      </SubmitButton>
    </form>
  );
}

/** Opens into a reason and a button that settles dead letters. `id` is unique on the page. */
export function SettleForm({ id, fields, children }: EventFormProps & { id: string }) {
  const t = useT('webhooks');
  return (
    <details className="group/settle open:basis-full">
      <summary className="inline-flex min-h-9 cursor-pointer items-center text-sm underline underline-offset-4">
        {t('settle.open')}
      </summary>
      <form action={useEventActions().settle} className="mt-3 max-w-xl space-y-3">
        <HiddenFields fields={fields} />
        <TextField
          id={id}
          name="reason"
          label={t('settle.reason')}
          hint={t('settle.hint')}
          required
          maxLength={500}
          autoComplete="off"
        />
        <SubmitButton size="small" pendingText={t('settle.pending')}>
          {children}
        </SubmitButton>
      </form>
    </details>
  );
}

function HiddenFields({ fields }: { fields: Record<string, string> }) {
  return Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}
