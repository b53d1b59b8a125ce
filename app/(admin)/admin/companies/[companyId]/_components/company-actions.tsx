'use client';

import { RefreshCw } from 'lucide-react';
import { type ReactNode, useActionState } from 'react';
import { useT } from '#i18n';
import { reread } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { type FormState, idleForm } from '@/lib/form-state';

type Props = {
  companyId: string;
  /** Whether this person may ask Codat, and there is something to ask about. */
  mayReread: boolean;
  /** Links to what else they may do. */
  children?: ReactNode;
};

export function CompanyActions({ companyId, mayReread, children }: Props) {
  const t = useT('adminCompany');
  const [state, action] = useActionState(reread, idleForm);
  return (
    <div className="space-y-4" data-no-print>
      <div className="flex flex-wrap gap-2">
        {mayReread ? (
          <form action={action}>
            <input type="hidden" name="companyId" value={companyId} />
            <SubmitButton size="small" pendingText={t('actions.rereading')}>
              <RefreshCw className="size-4" aria-hidden="true" />
              {t('actions.reread')}
            </SubmitButton>
          </form>
        ) : null}
        {children}
      </div>
      <FormOutcome state={state} />
    </div>
  );
}

type PressFormProps = {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  companyId: string;
  submit: string;
  pending: string;
};

/** One button that does one thing to the company, and what came of it. */
export function PressForm({ companyId, submit, pending, ...props }: PressFormProps) {
  const [state, action] = useActionState(props.action, idleForm);
  return (
    <form action={action} className="space-y-3" data-no-print>
      <input type="hidden" name="companyId" value={companyId} />
      <SubmitButton size="small" pendingText={pending}>
        {submit}
      </SubmitButton>
      <FormOutcome state={state} />
    </form>
  );
}

/** What came of a form that stays on its page: what was done, a line each, or what went wrong. */
function FormOutcome({ state }: { state: FormState }) {
  const { message, notes = [] } = state;
  return (
    <>
      <div role="status">
        {state.status === 'done' && message ? (
          <Notice tone="ok">
            <p className="text-ink">{message}</p>
            {notes.length > 0 ? (
              <ul className="list-disc ps-4">
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
