'use client';

import { useActionState } from 'react';
import { useT } from '#i18n';
import { acceptInvite } from '@/app/(public)/actions';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

export function AcceptInviteForm({ token, email }: { token: string; email: string }) {
  const t = useT('auth');
  const labels = { name: t('fields.name'), password: t('fields.password') };
  const [state, action] = useActionState(acceptInvite, idleForm);
  return (
    <form action={action} noValidate className="space-y-5">
      <FormSummary state={state} labels={labels} />
      <input type="hidden" name="token" value={token} />
      {/* For password managers: the address that the password belongs to. */}
      <input type="email" value={email} autoComplete="username" readOnly hidden />
      <TextField
        name="name"
        label={labels.name}
        error={state.fieldErrors?.name}
        defaultValue={state.values?.name ?? ''}
        autoComplete="name"
        maxLength={100}
        required
      />
      <PasswordField
        name="password"
        label={labels.password}
        error={state.fieldErrors?.password}
        hint={t('fields.passwordHint')}
        autoComplete="new-password"
      />
      <SubmitButton look="primary" className="w-full" pendingText={t('invite.pending')}>
        {t('invite.submit')}
      </SubmitButton>
    </form>
  );
}
