'use client';

import { useActionState } from 'react';
import { useT } from '#i18n';
import { copy } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';
import { FreshLink } from './fresh-link';

export type LinkTarget = { connectionId: string; label: string; hint: string };

type Props = { companyId: string; targets: LinkTarget[]; chosen: string };

export function LinkForm({ companyId, targets, chosen }: Props) {
  const t = useT('adminCompany');
  const [state, action] = useActionState(copy, idleForm);
  const made = state.values?.connectionId ?? chosen;
  return (
    <form action={action} className="space-y-5">
      <input type="hidden" name="companyId" value={companyId} />
      <FormSummary state={state} />
      <FreshLink state={state} />
      {targets.length > 1 ? (
        <fieldset className="space-y-2">
          <legend className="mb-2 text-[0.9375rem] font-medium">{t('link.which')}</legend>
          {targets.map(({ connectionId, label, hint }) => (
            <label
              key={connectionId}
              className="flex gap-3 rounded-lg border border-line p-3.5 text-[0.9375rem] hover:border-line-strong has-checked:border-accent-line has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="connectionId"
                value={connectionId}
                defaultChecked={connectionId === made}
                className="mt-0.5 size-5 shrink-0 accent-(--accent)"
              />
              <span className="min-w-0">
                <span className="block font-medium">{label}</span>
                <span className="block text-sm text-ink-muted">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
      ) : null}
      <SubmitButton
        look={state.once ? 'plain' : 'primary'}
        className="max-sm:w-full"
        pendingText={t('link.making')}
      >
        {t(state.once ? 'link.makeAnother' : 'link.make')}
      </SubmitButton>
    </form>
  );
}
