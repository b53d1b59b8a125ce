'use client';

import { Check, Copy } from 'lucide-react';
import { useRef } from 'react';
import { useT } from '#i18n';
import { useHydrated } from '@/components/use-hydrated';
import { useCopy } from './use-copy';

/** An identifier in full, to select by hand or copy with one press. `what` names it. */
export function CopyId({ id, what }: { id: string; what: string }) {
  const t = useT('layout');
  const hydrated = useHydrated();
  const shown = useRef<HTMLElement>(null);
  const { copy, isCopied, failure } = useCopy(id, shown);
  const Icon = isCopied ? Check : Copy;
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-1">
      <code
        ref={shown}
        className="min-w-0 font-mono text-[0.8125rem] break-all text-ink-muted select-all"
      >
        {id}
      </code>
      {hydrated ? (
        <button
          type="button"
          aria-label={t('copy.copy', { what })}
          onClick={() => void copy()}
          className="grid size-7 shrink-0 place-items-center rounded-md text-ink-faint hover:bg-sunken hover:text-ink"
        >
          <Icon className="size-3.5" aria-hidden="true" />
        </button>
      ) : null}
      <span role="status" className={failure ? 'text-xs font-medium text-bad' : 'sr-only'}>
        {failure ?? (isCopied ? t('copy.copied') : '')}
      </span>
    </span>
  );
}
