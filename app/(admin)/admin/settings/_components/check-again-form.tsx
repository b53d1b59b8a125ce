'use client';

import { type ReactNode, useActionState } from 'react';
import { checkAgain } from '@/app/(admin)/admin/settings/actions';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';
import { t } from '@/messages/settings';

/** @param children when it was last checked. */
export function CheckAgainForm({ children }: { children: ReactNode }) {
  const [state, action] = useActionState(checkAgain, idleForm);
  return (
    <form action={action} className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <FormSummary state={state} />
      <p className="text-sm text-ink-muted">{children}</p>
      <SubmitButton pendingText={t('page.checking')}>{t('page.checkAgain')}</SubmitButton>
    </form>
  );
}
