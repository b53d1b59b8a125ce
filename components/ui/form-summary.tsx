'use client';

import { CircleX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useT } from '#i18n';
import type { FormState } from '@/lib/form-state';

type Props = {
  state: FormState;
  /** Labels of the fields, to name them in the list of what is wrong. */
  labels?: Record<string, string>;
};

/** What went wrong with a form, read out and focused as soon as the answer is there. */
export function FormSummary({ state, labels = {} }: Props) {
  const t = useT('layout');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status === 'failed') box.current?.focus();
  }, [state]);

  if (state.status !== 'failed') return null;
  const problems = Object.entries(state.fieldErrors ?? {});
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex gap-3 rounded-xl border border-bad-line bg-bad-soft p-4 text-[0.9375rem] outline-offset-2"
    >
      <CircleX className="mt-0.5 size-5 shrink-0 text-bad" aria-hidden="true" />
      <div className="min-w-0 space-y-1">
        <p className="font-medium">{state.message ?? t('form.failed')}</p>
        {problems.length > 0 ? (
          <ul className="list-disc space-y-0.5 ps-4">
            {problems.map(([name, error]) => (
              <li key={name}>
                <a href={`#${name}`} className="underline underline-offset-2">
                  {labels[name] ?? name}
                </a>
                : {error}
              </li>
            ))}
          </ul>
        ) : null}
        {state.requestId ? (
          <p className="text-sm text-ink-muted">
            {t('form.reference')} <code className="font-mono">{state.requestId}</code>
          </p>
        ) : null}
      </div>
    </div>
  );
}
