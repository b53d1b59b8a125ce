import Link from 'next/link';
import { hrefOf } from '@/components/href';
import { Notice } from '@/components/ui/notice';
import { type Actor, can } from '@/lib/actor';
import { countedTo } from '@/lib/lists/schemas';
import { maxAttempts } from '@/lib/webhooks/inbox/process-inbox';
import { listDeadGroups } from '@/lib/webhooks/room/dead-groups';
import { listEvents } from '@/lib/webhooks/room/list-events';
import { type EventFilter, eventListSchema } from '@/lib/webhooks/room/schemas';
import { getT } from '@/messages/server/get-t';
import { DeadGroups } from './dead-groups';
import { EventTable } from './event-table';
import { ReprocessForm } from './reprocess';

const mostShown = 3;

type Props = {
  actor: Actor;
  filter: EventFilter;
  count: number;
  /** Whether the list below shows them already. */
  listed: boolean;
};

/** Dead letters come first: how many match, why they failed, and the last few of them. */
export async function DeadLetters({ actor, filter, count, listed }: Props) {
  const t = await getT('webhooks');
  if (count === 0) return null;
  const whole = count < countedTo;
  const state = 'dead';
  const [groups, { rows }] = await Promise.all([
    listDeadGroups(actor, filter),
    listed
      ? { rows: [] }
      : listEvents(actor, eventListSchema.parse({ ...filter, state }), mostShown),
  ]);
  return (
    <section aria-labelledby="dead-letters" className="mb-8 space-y-3">
      <h2 id="dead-letters" className="text-lg font-semibold">
        {t('deadLetters.title')}
      </h2>
      <Notice
        tone="bad"
        action={
          can(actor, 'webhooks:write') ? (
            <ReprocessForm fields={{ all: state, ...filter }}>
              {t(whole ? 'deadLetters.again' : 'deadLetters.againAtLeast', { count })}
            </ReprocessForm>
          ) : undefined
        }
      >
        <p>
          {t(whole ? 'deadLetters.text' : 'deadLetters.textAtLeast', { count, tries: maxAttempts })}
        </p>
      </Notice>
      <DeadGroups groups={groups} filter={filter} mayWrite={can(actor, 'webhooks:write')} />
      {rows.length > 0 ? <EventTable rows={rows} label={t('deadLetters.title')} /> : null}
      {!listed && count > rows.length ? (
        <Link
          href={hrefOf('/admin/webhooks', { state, ...filter })}
          className="inline-flex min-h-9 items-center text-sm underline underline-offset-4"
        >
          {t('deadLetters.all')}
        </Link>
      ) : null}
    </section>
  );
}
