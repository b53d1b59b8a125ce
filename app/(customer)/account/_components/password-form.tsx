'use client';

import { useActionState } from 'react';
import { changePassword } from '@/app/(customer)/account/actions';
import { FormSummary } from '@/components/ui/form-summary';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';
import { t } from '@/messages/account';
import { t as fields } from '@/messages/auth';
import { errorText } from '@/messages/errors';

const labels = { currentPassword: t('password.current'), newPassword: t('password.new') };

export function PasswordForm({ email }: { email: string }) {
  const [state, action] = useActionState(changePassword, idleForm);
  const errorOf = (name: keyof typeof labels) => {
    const found = state.fieldErrors?.[name];
    return found && errorText(found.messageKey, found.params);
  };
  return (
    <form action={action} noValidate className="max-w-md space-y-5">
      <FormSummary state={state} labels={labels} />
      {/* For password managers: the address that the password belongs to. */}
      <input type="email" value={email} autoComplete="username" readOnly hidden />
      <PasswordField
        name="currentPassword"
        label={labels.currentPassword}
        error={errorOf('currentPassword')}
        autoComplete="current-password"
      />
      <PasswordField
        name="newPassword"
        label={labels.newPassword}
        error={errorOf('newPassword')}
        hint={fields('fields.passwordHint')}
        autoComplete="new-password"
      />
      <SubmitButton look="primary" className="max-sm:w-full" pendingText={t('password.pending')}>
        {t('password.submit')}
      </SubmitButton>
    </form>
  );
}
