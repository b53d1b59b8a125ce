'use client';

import { useActionState } from 'react';
import { useT } from '#i18n';
import { getPasscode } from '@/app/(customer)/actions';
import { Card } from '@/components/ui/card';
import { CopyId } from '@/components/ui/copy-id';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ConnectionSummary } from '@/lib/connections/types';
import { idleForm } from '@/lib/form-state';

type Props = { connection: ConnectionSummary; brandName: string };

/** What to do in Sage, which asks for the connection's id and a passcode instead of a Link URL. */
export function PasscodeSteps({ connection, brandName }: Props) {
  const t = useT('connections');
  const [state, action] = useActionState(getPasscode, idleForm);
  const values = { brand: brandName };
  return (
    <Card id="passcode" className="mb-6 scroll-mt-20 p-5 sm:p-6">
      <h2 className="font-semibold">{t('passcode.title')}</h2>
      <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('passcode.lead', values)}</p>
      <ol className="mt-4 list-decimal space-y-4 ps-5 text-[0.9375rem] marker:text-ink-faint">
        <li>{t('passcode.start', values)}</li>
        <li>
          <p>{t('passcode.id')}</p>
          <CopyId id={connection.id} what={t('passcode.idName')} />
        </li>
        <li>
          <p>{t('passcode.enter')}</p>
          <form action={action} className="mt-3 space-y-3">
            <input type="hidden" name="connectionId" value={connection.id} />
            <FormSummary state={state} />
            <div role="status">
              {state.once ? (
                <div className="rounded-xl border border-ok-line bg-ok-soft p-4">
                  <p className="text-sm text-ink-muted">{t('passcode.name')}</p>
                  <p
                    translate="no"
                    className="font-mono text-2xl font-semibold tracking-widest break-all select-all"
                  >
                    {state.once}
                  </p>
                  <p className="text-sm text-ink-muted">{t('passcode.fresh')}</p>
                </div>
              ) : null}
            </div>
            <SubmitButton
              look={state.once ? 'plain' : 'primary'}
              className="max-sm:w-full"
              pendingText={t('passcode.getting')}
            >
              {t(state.once ? 'passcode.another' : 'passcode.get')}
            </SubmitButton>
          </form>
        </li>
      </ol>
      <p className="mt-4 text-sm text-ink-muted">{t('passcode.after')}</p>
    </Card>
  );
}
