'use client';

import Link from 'next/link';
import { type ReactNode, useActionState } from 'react';
import { useT } from '#i18n';
import { buttonStyle } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { type FormState, idleForm } from '@/lib/form-state';

type Props = {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  companyId: string;
  connectionId: string;
  submit: string;
  pending: string;
  /** More fields, above the buttons. */
  fields?: ReactNode;
  /** Labels of those fields, by name. */
  labels?: Record<string, string>;
};

/** The form at the end of a page that ends a connection, with a cancel link. */
export function ConnectionForm({ companyId, connectionId, ...props }: Props) {
  const t = useT('adminCompany');
  const [state, action] = useActionState(props.action, idleForm);
  return (
    <form action={action} className="mt-8 space-y-5">
      <input type="hidden" name="companyId" value={companyId} />
      <input type="hidden" name="connectionId" value={connectionId} />
      {props.fields}
      <FormSummary state={state} labels={props.labels ?? {}} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton look="danger" className="max-sm:w-full" pendingText={props.pending}>
          {props.submit}
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
