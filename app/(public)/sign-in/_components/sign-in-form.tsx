'use client';

import { useActionState } from 'react';
import { useT } from '#i18n';
import { signIn } from '@/app/(public)/actions';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

export function SignInForm({ callbackUrl }: { callbackUrl: string }) {
  const t = useT('auth');
  const [state, action] = useActionState(signIn, idleForm);
  return (
    <form action={action} noValidate className="space-y-5">
      <FormSummary
        state={state}
        labels={{ email: t('fields.email'), password: t('fields.password') }}
      />
      <input type="hidden" name="callbackUrl" value={state.values?.callbackUrl ?? callbackUrl} />
      <TextField
        name="email"
        type="email"
        label={t('fields.email')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={state.values?.email ?? ''}
        error={state.fieldErrors?.email}
      />
      <PasswordField
        name="password"
        label={t('fields.password')}
        autoComplete="current-password"
        error={state.fieldErrors?.password}
      />
      <SubmitButton look="primary" className="w-full" pendingText={t('signIn.pending')}>
        {t('signIn.submit')}
      </SubmitButton>
    </form>
  );
}
