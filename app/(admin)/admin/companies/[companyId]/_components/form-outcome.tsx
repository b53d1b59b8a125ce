'use client';

import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import type { FormState } from '@/lib/form-state';
import { adminCompanyText } from '@/messages/admin-company';

/** What came of a form that stays on its page: what was done, a line each, or what went wrong. */
export function FormOutcome({ state }: { state: FormState }) {
  const { message, notes = [] } = state;
  return (
    <>
      <div role="status">
        {state.status === 'done' && message ? (
          <Notice tone="ok">
            <p className="text-ink">{adminCompanyText(message.messageKey, message.params)}</p>
            {notes.length > 0 ? (
              <ul className="list-disc pl-4">
                {notes.map(({ messageKey, params }, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines of one answer, never moved
                  <li key={i}>{adminCompanyText(messageKey, params)}</li>
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
