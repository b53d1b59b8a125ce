'use client';

import { type ReactNode, useActionState } from 'react';
import { useT } from '#i18n';
import { checkAgain, saveInviteUrl, setUpCodat } from '@/app/(admin)/admin/settings/actions';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

/** @param children when it was last checked. */
export function CheckAgainForm({ children }: { children: ReactNode }) {
  const t = useT('settings');
  const [state, action] = useActionState(checkAgain, idleForm);
  return (
    <form action={action} className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <FormSummary state={state} />
      <p className="text-sm text-ink-muted">{children}</p>
      <SubmitButton pendingText={t('page.checking')}>{t('page.checkAgain')}</SubmitButton>
    </form>
  );
}

/** @param planName what the person agrees to; another plan is refused. */
export function SetupForm({ planName }: { planName: string }) {
  const t = useT('settings');
  const [state, action] = useActionState(setUpCodat, idleForm);
  return (
    <form action={action} className="mt-4 space-y-4">
      <input type="hidden" name="plan" value={planName} />
      <FormSummary state={state} />
      <SubmitButton look="primary" className="max-sm:w-full" pendingText={t('setup.pending')}>
        {t('setup.submit')}
      </SubmitButton>
    </form>
  );
}

export function InviteUrlForm({ hasUrl }: { hasUrl: boolean }) {
  const t = useT('settings');
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
