'use client';

import { useActionState } from 'react';
import { changePassword } from '@/app/(customer)/account/actions';
import { endsSession } from '@/components/live/ends-session';
import { FormSummary } from '@/components/ui/form-summary';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';
import { t } from '@/messages/account';
import { t as fields } from '@/messages/auth';

const labels = { currentPassword: t('password.current'), newPassword: t('password.new') };

export function PasswordForm({ email }: { email: string }) {
  const [state, action] = useActionState(changePassword, idleForm);
  return (
    <form action={action} {...endsSession} noValidate className="max-w-md space-y-5">
      <FormSummary state={state} labels={labels} />
      {/* For password managers: the address that the password belongs to. */}
      <input type="email" value={email} autoComplete="username" readOnly hidden />
      <PasswordField
        name="currentPassword"
        label={labels.currentPassword}
        error={state.fieldErrors?.currentPassword}
        autoComplete="current-password"
      />
      <PasswordField
        name="newPassword"
        label={labels.newPassword}
        error={state.fieldErrors?.newPassword}
        hint={fields('fields.passwordHint')}
        autoComplete="new-password"
      />
      <SubmitButton look="primary" className="max-sm:w-full" pendingText={t('password.pending')}>
        {t('password.submit')}
      </SubmitButton>
    </form>
  );
}
