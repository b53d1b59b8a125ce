'use client';

import { useActionState } from 'react';
import { saveInviteUrl } from '@/app/(admin)/admin/settings/actions';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';
import { t } from '@/messages/settings';

export function InviteUrlForm({ hasUrl }: { hasUrl: boolean }) {
  const [state, action] = useActionState(saveInviteUrl, idleForm);
  return (
    <form action={action} className="mt-4 max-w-2xl space-y-4" noValidate>
      <FormSummary state={state} labels={{ inviteUrl: t('invite.label') }} />
      <TextField
        name="inviteUrl"
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        label={t('invite.label')}
        hint={t(hasUrl ? 'invite.hintReplace' : 'invite.hint')}
        error={state.fieldErrors?.inviteUrl}
        defaultValue={state.values?.inviteUrl ?? ''}
      />
      <SubmitButton pendingText={t('invite.pending')}>{t('invite.save')}</SubmitButton>
    </form>
  );
}
