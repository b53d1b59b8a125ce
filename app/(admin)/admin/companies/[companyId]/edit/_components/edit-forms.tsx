'use client';

import { useActionState } from 'react';
import { useT } from '#i18n';
import { TagRows, tagLabels } from '@/app/(admin)/admin/companies/_components/tag-rows';
import { rename, tag } from '@/app/(admin)/admin/companies/[companyId]/actions';
import { TextField } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

type Props = {
  companyId: string;
  name: string;
  /** Whether it was found at Codat, and is called as there. */
  found: boolean;
};

export function RenameForm({ companyId, name, found }: Props) {
  const t = useT('adminCompany');
  const [state, action] = useActionState(rename, idleForm);
  const error = state.fieldErrors?.name;
  return (
    <form action={action} className="space-y-5">
      <input type="hidden" name="companyId" value={companyId} />
      <FormSummary state={state} labels={{ name: t('edit.name') }} />
      <TextField
        name="name"
        label={t('edit.name')}
        hint={t(found ? 'edit.nameHintFound' : 'edit.nameHint')}
        defaultValue={state.values?.name ?? name}
        required
        maxLength={200}
        autoComplete="off"
        error={error}
      />
      <SubmitButton pendingText={t('edit.saving')}>{t('edit.saveName')}</SubmitButton>
    </form>
  );
}

type TagFormProps = {
  companyId: string;
  /** All but what is reserved. */
  tags: Record<string, string>;
  count: number;
};

export function TagForm({ companyId, tags, count }: TagFormProps) {
  const t = useT('adminCompany');
  const [state, action] = useActionState(tag, idleForm);
  const shown = JSON.stringify(tags);
  // What was typed belongs to what was shown then.
  const { values, ...answer } = state;
  const kept = values?.shown === shown ? state : answer;
  return (
    <form key={shown} action={action} className="space-y-5">
      <input type="hidden" name="companyId" value={companyId} />
      <input type="hidden" name="shown" value={shown} />
      <FormSummary state={state} labels={tagLabels(t)} />
      <TagRows count={count} tags={tags} state={kept} />
      <SubmitButton pendingText={t('edit.saving')}>{t('edit.saveTags')}</SubmitButton>
    </form>
  );
}
