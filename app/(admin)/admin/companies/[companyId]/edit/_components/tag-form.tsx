'use client';

import { useActionState } from 'react';
import { TagRows, tagLabels } from '@/app/(admin)/admin/companies/_components/tag-rows';
import { tag } from '@/app/(admin)/admin/companies/[companyId]/edit/actions';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';
import { t } from '@/messages/admin-company';

type Props = {
  companyId: string;
  /** All but what is reserved. */
  tags: Record<string, string>;
  count: number;
};

export function TagForm({ companyId, tags, count }: Props) {
  const [state, action] = useActionState(tag, idleForm);
  const shown = JSON.stringify(tags);
  // What was typed belongs to what was shown then.
  const { values, ...answer } = state;
  const kept = values?.shown === shown ? state : answer;
  return (
    <form key={shown} action={action} className="space-y-5">
      <input type="hidden" name="companyId" value={companyId} />
      <input type="hidden" name="shown" value={shown} />
      <FormSummary state={state} labels={tagLabels} />
      <TagRows count={count} tags={tags} state={kept} />
      <SubmitButton pendingText={t('edit.saving')}>{t('edit.saveTags')}</SubmitButton>
    </form>
  );
}
