'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { useActionState } from 'react';
import { useT } from '#i18n';
import { TagRows, tagLabels } from '@/app/(admin)/admin/companies/_components/tag-rows';
import { create } from '@/app/(admin)/admin/companies/new/actions';
import { CheckField, TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

/** `companyId` is this form's: however often it is sent, it makes one company. */
export function CreateForm({ companyId }: { companyId: string }) {
  const t = useT('adminCompany');
  const [state, action] = useActionState(create, idleForm);
  const labels = { name: t('edit.name'), again: t('new.again'), ...tagLabels(t) };
  const error = state.fieldErrors?.name;
  return (
    <form action={action} className="space-y-6">
      <input type="hidden" name="companyId" value={state.values?.companyId ?? companyId} />
      <FormSummary state={state} labels={labels} />
      <TextField
        name="name"
        label={t('edit.name')}
        hint={t('new.nameHint')}
        defaultValue={state.values?.name}
        required
        maxLength={200}
        autoComplete="off"
        error={error}
      />
      {state.fieldErrors?.again ? (
        <>
          {state.about ? (
            <Link href={state.about as Route} className="inline-block underline underline-offset-4">
              {t('new.existing')}
            </Link>
          ) : null}
          <CheckField name="again">{t('new.againText')}</CheckField>
        </>
      ) : null}
      <TagRows count={9} tags={{}} state={state} />
      <SubmitButton look="primary" className="max-sm:w-full" pendingText={t('new.pending')}>
        {t('new.submit')}
      </SubmitButton>
    </form>
  );
}
