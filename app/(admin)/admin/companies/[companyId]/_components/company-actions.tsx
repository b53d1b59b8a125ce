'use client';

import { RefreshCw } from 'lucide-react';
import { type ReactNode, useActionState } from 'react';
import { reread } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';
import { t } from '@/messages/admin-company';
import { FormOutcome } from './form-outcome';

type Props = {
  companyId: string;
  /** Whether this person may ask Codat, and there is something to ask about. */
  mayReread: boolean;
  /** Links to what else they may do. */
  children?: ReactNode;
};

export function CompanyActions({ companyId, mayReread, children }: Props) {
  const [state, action] = useActionState(reread, idleForm);
  return (
    <div className="space-y-4" data-no-print>
      <div className="flex flex-wrap gap-2">
        {mayReread ? (
          <form action={action}>
            <input type="hidden" name="companyId" value={companyId} />
            <SubmitButton size="small" pendingText={t('actions.rereading')}>
              <RefreshCw className="size-4" aria-hidden="true" />
              {t('actions.reread')}
            </SubmitButton>
          </form>
        ) : null}
        {children}
      </div>
      <FormOutcome state={state} />
    </div>
  );
}
