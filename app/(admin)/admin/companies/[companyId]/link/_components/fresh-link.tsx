'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useT } from '#i18n';
import { Button } from '@/components/ui/button';
import { inputStyle } from '@/components/ui/field';
import { useCopy } from '@/components/ui/use-copy';
import { useHydrated } from '@/components/use-hydrated';
import type { FormState } from '@/lib/form-state';

/** The link just made, to be copied now: the next rendering of the page has it no more. */
export function FreshLink({ state: { once, message } }: { state: FormState }) {
  const t = useT('adminCompany');
  const field = useRef<HTMLInputElement>(null);
  const hydrated = useHydrated();
  const { copy, isCopied, failure } = useCopy(once ?? '', field);
  useEffect(() => {
    if (once) field.current?.focus();
  }, [once]);

  if (!once || !message) return null;
  const Icon = isCopied ? Check : Copy;
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
          <Button look="primary" className="max-sm:w-full" onClick={() => void copy()}>
            <Icon className="size-4" aria-hidden="true" />
            <span>{t(isCopied ? 'link.copied' : 'link.copy')}</span>
          </Button>
        ) : null}
      </div>
      <p id="fresh-link-rules" className="text-sm text-ink-muted">
        {message}
      </p>
      <p role="status" className={failure ? 'text-sm font-medium text-bad' : 'sr-only'}>
        {failure ?? (isCopied ? t('link.copied') : '')}
      </p>
    </div>
  );
}
