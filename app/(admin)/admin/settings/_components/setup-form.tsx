'use client';

import { useActionState } from 'react';
import { setUpCodat } from '@/app/(admin)/admin/settings/actions';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';
import { t } from '@/messages/settings';

/** @param planName what the person agrees to; another plan is refused. */
export function SetupForm({ planName }: { planName: string }) {
  const [state, action] = useActionState(setUpCodat, idleForm);
  return (
    <form action={action} className="mt-4 space-y-4">
      <input type="hidden" name="plan" value={planName} />
      <FormSummary state={state} />
      <SubmitButton look="primary" className="max-sm:w-full" pendingText={t('setup.pending')}>
        {t('setup.submit')}
      </SubmitButton>
    </form>
  );
}
