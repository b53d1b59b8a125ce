import { ChoiceLinks } from '@/app/(admin)/admin/_components/choice-links';
import { firstPage, hrefOf } from '@/components/href';
import type { EventCounts } from '@/lib/webhooks/room/count-events';
import { countedTo, type EventListInput, eventStates } from '@/lib/webhooks/room/schemas';
import { t } from '@/messages/webhooks';
import { EventResult } from './event-result';

function countText(count: number): string {
  return t(count < countedTo ? 'count' : 'countAtLeast', { count });
}

/** One chip a state that occurs, dead letters first; a chosen one stays even when it is empty. */
export function StateChips({ input, counts }: { input: EventListInput; counts: EventCounts }) {
  const filters = firstPage(input);
  const shown = eventStates.filter((state) => counts[state] > 0 || state === input.state);
  return (
    <ChoiceLinks
      label={t('filter.label')}
      choices={[
        {
          key: 'all',
          href: hrefOf('/admin/webhooks', { ...filters, state: undefined }),
          current: !input.state,
          text: <span className="font-medium">{t('filter.all')}</span>,
        },
        ...shown.map((state) => ({
          key: state,
          href: hrefOf('/admin/webhooks', { ...filters, state }),
          current: input.state === state,
          text: <EventResult state={state} />,
          count: countText(counts[state]),
        })),
      ]}
    />
  );
}
