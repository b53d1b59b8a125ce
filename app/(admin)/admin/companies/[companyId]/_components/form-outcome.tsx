'use client';

import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import type { FormState } from '@/lib/form-state';

/** What came of a form that stays on its page: what was done, a line each, or what went wrong. */
export function FormOutcome({ state }: { state: FormState }) {
  const { message, notes = [] } = state;
  return (
    <>
      <div role="status">
        {state.status === 'done' && message ? (
          <Notice tone="ok">
            <p className="text-ink">{message}</p>
            {notes.length > 0 ? (
              <ul className="list-disc pl-4">
                {notes.map((note, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines of one answer, never moved
                  <li key={i}>{note}</li>
                ))}
              </ul>
            ) : null}
          </Notice>
        ) : null}
      </div>
      <FormSummary state={state} />
    </>
  );
}
