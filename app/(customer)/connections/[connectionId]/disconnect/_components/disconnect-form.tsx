'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { useActionState } from 'react';
import { useT } from '#i18n';
import { disconnect } from '@/app/(customer)/actions';
import { buttonStyle } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

type Props = { connectionId: string; platformName: string; listHref: Route };

export function DisconnectForm({ connectionId, platformName, listHref }: Props) {
  const t = useT('connections');
  const [state, action] = useActionState(disconnect, idleForm);
  return (
    <form action={action} className="mt-8 space-y-4">
      <input type="hidden" name="connectionId" value={connectionId} />
      <FormSummary state={state} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton look="danger" className="max-sm:w-full" pendingText={t('disconnect.pending')}>
          {t('disconnect.confirm', { platform: platformName })}
        </SubmitButton>
        <Link href={listHref} className={buttonStyle({ className: 'max-sm:w-full' })}>
          {t('disconnect.keep')}
        </Link>
      </div>
    </form>
  );
}
