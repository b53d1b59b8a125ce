'use client';

import { useActionState } from 'react';
import { rename } from '@/app/(admin)/admin/companies/[companyId]/edit/actions';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';
import { t } from '@/messages/admin-company';

type Props = { companyId: string; name: string };

export function RenameForm({ companyId, name }: Props) {
  const [state, action] = useActionState(rename, idleForm);
  const error = state.fieldErrors?.name;
  return (
    <form action={action} className="space-y-5">
      <input type="hidden" name="companyId" value={companyId} />
      <FormSummary state={state} labels={{ name: t('edit.name') }} />
      <TextField
        name="name"
        label={t('edit.name')}
        hint={t('edit.nameHint')}
        defaultValue={state.values?.name ?? name}
        required
        maxLength={200}
        autoComplete="off"
        error={error}
      />
      <SubmitButton pendingText={t('edit.saving')}>{t('edit.saveName')}</SubmitButton>
    </form>
  );
}
