'use client';

import { SubmitButton } from '@/components/ui/submit-button';
import { t } from '@/messages/webhooks';
import { useReprocess } from './reprocess-scope';

type Props = {
  /** What to put back: `event`, or `all` and a filter. */
  fields: Record<string, string>;
  children: string;
};

/** One button that puts events back. */
export function ReprocessForm({ fields, children }: Props) {
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
