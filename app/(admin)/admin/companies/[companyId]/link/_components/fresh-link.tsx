'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useT } from '#i18n';
import { Button } from '@/components/ui/button';
import { inputStyle } from '@/components/ui/field';
import { useHydrated } from '@/components/use-hydrated';
import type { FormState } from '@/lib/form-state';

/** The link just made, to be copied now: the next rendering of the page has it no more. */
export function FreshLink({ state: { once, message } }: { state: FormState }) {
  const t = useT('adminCompany');
  const field = useRef<HTMLInputElement>(null);
  const hydrated = useHydrated();
  const [copied, setCopied] = useState('');
  useEffect(() => {
    if (once) field.current?.focus();
  }, [once]);

  if (!once || !message) return null;
  const Icon = copied === once ? Check : Copy;
  return (
    <div className="space-y-2 rounded-xl border border-ok-line bg-ok-soft p-4">
      <label htmlFor="fresh-link" className="block text-[0.9375rem] font-medium">
        {t('link.fresh')}
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          ref={field}
          id="fresh-link"
          readOnly
          value={once}
          autoComplete="off"
          spellCheck={false}
          aria-describedby="fresh-link-rules"
          onFocus={(event) => event.currentTarget.select()}
          className={`${inputStyle} min-w-0 flex-[1_1_16rem] font-mono text-sm`}
        />
        {hydrated ? (
          <Button
            look="primary"
            className="max-sm:w-full"
            onClick={() => void navigator.clipboard.writeText(once).then(() => setCopied(once))}
          >
            <Icon className="size-4" aria-hidden="true" />
            {t(copied === once ? 'link.copied' : 'link.copy')}
          </Button>
        ) : null}
      </div>
      <p id="fresh-link-rules" className="text-sm text-ink-muted">
        {message}
      </p>
      <span role="status" className="sr-only">
        {copied === once ? t('link.copied') : ''}
      </span>
    </div>
  );
}
