'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { useT } from '#i18n';
import { removeCompany } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { buttonStyle } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

type Props = { companyId: string; name: string };

export function DeleteForm({ companyId, name }: Props) {
  const t = useT('adminCompany');
  const [state, action] = useActionState(removeCompany, idleForm);
  const error = state.fieldErrors?.typed;
  return (
    <form action={action} className="mt-8 space-y-5">
      <input type="hidden" name="companyId" value={companyId} />
      <FormSummary state={state} labels={{ typed: t('delete.typed') }} />
      <TextField
        name="typed"
        label={t('delete.typed')}
        hint={t.rich('delete.typedHint', {
          name: () => <strong className="font-medium break-words text-ink">{name}</strong>,
        })}
        defaultValue={state.values?.typed}
        required
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        error={error}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton look="danger" className="max-sm:w-full" pendingText={t('delete.pending')}>
          {t('delete.submit')}
        </SubmitButton>
        <Link
          href={`/admin/companies/${companyId}`}
          className={buttonStyle({ className: 'max-sm:w-full' })}
        >
          {t('keep')}
        </Link>
      </div>
    </form>
  );
}
