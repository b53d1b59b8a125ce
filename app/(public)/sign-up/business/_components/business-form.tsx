'use client';

import { useActionState } from 'react';
import { useT } from '#i18n';
import { nameBusiness } from '@/app/(public)/actions';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

export function BusinessForm({ brandName }: { brandName: string }) {
  const t = useT('auth');
  const [state, action] = useActionState(nameBusiness, idleForm);
  const labels = { businessName: t('fields.businessName') };
  const error = state.fieldErrors?.businessName;
  return (
    <form action={action} noValidate className="space-y-5">
      <FormSummary state={state} labels={labels} />
      <TextField
        name="businessName"
        label={labels.businessName}
        hint={t('fields.businessNameHint', { brand: brandName })}
        error={error}
        defaultValue={state.values?.businessName ?? ''}
        autoComplete="organization"
        maxLength={200}
        required
      />
      <SubmitButton look="primary" className="w-full" pendingText={t('business.pending')}>
        {t('business.submit')}
      </SubmitButton>
    </form>
  );
}
