'use client';

import { useActionState } from 'react';
import { useT } from '#i18n';
import { signUp } from '@/app/(public)/actions';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { PasswordField } from '@/components/ui/password-field';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

export function SignUpForm({ brandName }: { brandName: string }) {
  const t = useT('auth');
  const labels = {
    name: t('fields.name'),
    businessName: t('fields.businessName'),
    email: t('fields.email'),
    password: t('fields.password'),
  };
  const [state, action] = useActionState(signUp, idleForm);
  const field = (name: keyof typeof labels) => ({
    name,
    label: labels[name],
    error: state.fieldErrors?.[name],
  });
  const text = (name: keyof typeof labels) => ({
    ...field(name),
    required: true,
    defaultValue: state.values?.[name] ?? '',
  });
  return (
    <form action={action} noValidate className="space-y-5">
      <FormSummary state={state} labels={labels} />
      <TextField {...text('name')} autoComplete="name" maxLength={100} />
      <TextField
        {...text('businessName')}
        hint={t('fields.businessNameHint', { brand: brandName })}
        autoComplete="organization"
        maxLength={200}
      />
      <TextField
        {...text('email')}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField
        {...field('password')}
        hint={t('fields.passwordHint')}
        autoComplete="new-password"
      />
      <SubmitButton look="primary" className="w-full" pendingText={t('signUp.pending')}>
        {t('signUp.submit')}
      </SubmitButton>
    </form>
  );
}
