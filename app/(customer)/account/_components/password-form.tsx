'use client';

import { useActionState } from 'react';
import { useT } from '#i18n';
import { changePassword } from '@/app/(customer)/account/actions';
import { endsSession } from '@/components/live/ends-session';
import { FormSummary } from '@/components/ui/form-summary';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

type Props = { email: string; companyId: string | null };

export function PasswordForm({ email, companyId }: Props) {
  const t = useT('account');
  const fields = useT('auth');
  const labels = { currentPassword: t('password.current'), newPassword: t('password.new') };
  const [state, action] = useActionState(changePassword, idleForm);
  return (
    <form action={action} {...endsSession} noValidate className="max-w-md space-y-5">
      <input type="hidden" name="companyId" value={companyId ?? ''} />
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
