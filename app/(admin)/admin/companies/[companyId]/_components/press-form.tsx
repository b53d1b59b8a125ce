'use client';

import { useActionState } from 'react';
import { SubmitButton } from '@/components/ui/submit-button';
import { type FormState, idleForm } from '@/lib/form-state';
import { FormOutcome } from './form-outcome';

type Props = {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  companyId: string;
  submit: string;
  pending: string;
};

/** One button that does one thing to the company, and what came of it. */
export function PressForm({ companyId, submit, pending, ...props }: Props) {
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
