'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '#i18n';
import { useHydrated } from '@/components/use-hydrated';

/** An identifier in full, to select by hand or copy with one press. `what` names it. */
export function CopyId({ id, what }: { id: string; what: string }) {
  const t = useT('layout');
  const hydrated = useHydrated();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const Icon = copied ? Check : Copy;
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <code className="min-w-0 font-mono text-[0.8125rem] break-all text-ink-muted select-all">
        {id}
      </code>
      {hydrated ? (
        <button
          type="button"
          aria-label={t('copy.copy', { what })}
          onClick={() => void navigator.clipboard.writeText(id).then(() => setCopied(true))}
          className="grid size-7 shrink-0 place-items-center rounded-md text-ink-faint hover:bg-sunken hover:text-ink"
        >
          <Icon className="size-3.5" aria-hidden="true" />
        </button>
      ) : null}
      <span role="status" className="sr-only">
        {copied ? t('copy.copied') : ''}
      </span>
    </span>
  );
}
