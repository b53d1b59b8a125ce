'use client';

import { createContext, type ReactNode, use, useActionState } from 'react';
import { useT } from '#i18n';
import { reprocess } from '@/app/(admin)/admin/webhooks/actions';
import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { idleForm } from '@/lib/form-state';

const ReprocessAction = createContext<((form: FormData) => void) | null>(null);

/**
 * Forms within it put events back. What came of it is told here, above them: a form can be gone by
 * then, with the events it was about.
 */
export function ReprocessScope({ children }: { children: ReactNode }) {
  const [state, action] = useActionState(reprocess, idleForm);
  const { message } = state;
  return (
    <ReprocessAction value={action}>
      <div className="sticky top-2 z-10 mb-4 empty:hidden">
        <FormSummary state={state} />
        <div role="status">
          {state.status === 'done' && message ? (
            <Notice tone="ok" className="shadow-float">
              <p>{message}</p>
            </Notice>
          ) : null}
        </div>
      </div>
      {children}
    </ReprocessAction>
  );
}

/** The action of the scope around. */
export function useReprocess(): (form: FormData) => void {
  const action = use(ReprocessAction);
  if (!action) throw new Error('a form to process again needs a scope around it');
  return action;
}

type ReprocessFormProps = {
  /** What to retry: `event`, or `all` and a filter. */
  fields: Record<string, string>;
  children: string;
};

/** One button that puts events back. */
export function ReprocessForm({ fields, children }: ReprocessFormProps) {
  const t = useT('webhooks');
  const action = useReprocess();
  return (
    <form action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton size="small" pendingText={t('list.pending')}>
        {children}
      </SubmitButton>
    </form>
  );
}
