import { Notice } from '@/components/ui/notice';
import { t } from '@/messages/admin-company';

const things = [
  'disconnected',
  'removed',
  'renamed',
  'tagged',
  'deleted',
  'assigned',
  'created',
] as const;

type Props = { done: unknown; ready: boolean };

/** What has just been done on a page that led back here. */
export function DoneNotice({ done, ready }: Props) {
  const thing = things.find((known) => known === done);
  if (!thing) return null;
  const waiting = thing === 'created' && !ready;
  return (
    <div role="status" className="mb-4">
      <Notice tone={waiting ? 'wait' : 'ok'}>
        <p className="text-ink">{t(waiting ? 'done.createdWaiting' : `done.${thing}`)}</p>
      </Notice>
    </div>
  );
}
