import Link from 'next/link';
import type { EventCounts } from '@/lib/webhooks/room/count-events';
import { countedTo, type EventListInput, eventStates } from '@/lib/webhooks/room/schemas';
import { t } from '@/messages/webhooks';
import { EventResult } from './event-result';
import { firstPage, listHref } from './list-href';

const chip =
  'inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3 text-sm hover:border-line-strong aria-[current]:border-ink aria-[current]:bg-sunken';

export function countText(count: number): string {
  return t(count < countedTo ? 'count' : 'countAtLeast', { count });
}

/** One chip a state that occurs, dead letters first; a chosen one stays even when it is empty. */
export function StateChips({ input, counts }: { input: EventListInput; counts: EventCounts }) {
  const filters = firstPage(input);
  const shown = eventStates.filter((state) => counts[state] > 0 || state === input.state);
  return (
    <nav aria-label={t('filter.label')}>
      <ul className="flex flex-wrap gap-2">
        <li>
          <Link
            href={listHref({ ...filters, state: undefined })}
            aria-current={input.state ? undefined : 'true'}
            className={chip}
          >
            <span className="font-medium">{t('filter.all')}</span>
          </Link>
        </li>
        {shown.map((state) => (
          <li key={state}>
            <Link
              href={listHref({ ...filters, state })}
              aria-current={input.state === state ? 'true' : undefined}
              className={chip}
            >
              <EventResult state={state} />
              <span className="text-ink-muted tabular-nums">{countText(counts[state])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
