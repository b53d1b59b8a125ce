'use client';

import { useActionState } from 'react';
import { useT } from '#i18n';
import { assign } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

type Props = { companyId: string; email: string; name: string };

export function AssignForm({ companyId, email, name }: Props) {
  const t = useT('adminCompany');
  const [state, action] = useActionState(assign, idleForm);
  return (
    <form action={action} className="space-y-4">
      <input type="hidden" name="companyId" value={companyId} />
      <input type="hidden" name="email" value={email} />
      <FormSummary state={state} labels={{ email: t('assign.email') }} />
      <SubmitButton look="primary" className="max-sm:w-full" pendingText={t('assign.pending')}>
        {t('assign.submit', { name })}
      </SubmitButton>
    </form>
  );
}
