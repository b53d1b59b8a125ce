import { useT } from '#i18n';
import { ChoiceLinks } from '@/app/(admin)/admin/_components/choice-links';
import { FilterInput, FilterSelect } from '@/app/(admin)/admin/_components/filter-field';
import { FilterPanel } from '@/app/(admin)/admin/_components/filter-panel';
import { firstPage, hrefOf } from '@/components/href';
import { countedTo } from '@/lib/lists/schemas';
import type { EventCounts } from '@/lib/webhooks/room/event-filter';
import { type EventListInput, eventStates } from '@/lib/webhooks/room/schemas';
import type { T } from '@/messages/translator';
import { EventResult } from './event-result';

type Props = { input: EventListInput; zone: string; types: string[] };

export function EventFilters({ input, zone, types }: Props) {
  const t = useT('webhooks');
  const { state, type, company, webhook, from, to, cause } = input;
  const count = [type, company, webhook, from, to, cause].filter(Boolean).length;
  return (
    <FilterPanel
      path="/admin/webhooks"
      kept={{ state, cause, zone }}
      texts={{ open: t('filter.more'), apply: t('filter.apply'), clear: t('filter.clear') }}
      active={count > 0 ? t('filter.active', { count }) : null}
      clearHref={hrefOf('/admin/webhooks', { state })}
    >
      <FilterSelect
        name="type"
        label={t('filter.type')}
        value={type}
        any={t('filter.anyType')}
        options={types.map((one) => [one, one])}
      />
      <FilterInput
        name="company"
        label={t('filter.company')}
        defaultValue={company}
        maxLength={100}
      />
      <FilterInput name="webhook" label={t('filter.id')} defaultValue={webhook} maxLength={255} />
      <FilterInput
        name="from"
        type="datetime-local"
        label={t('filter.from', { zone })}
        defaultValue={from}
      />
      <FilterInput
        name="to"
        type="datetime-local"
        label={t('filter.to', { zone })}
        defaultValue={to}
      />
    </FilterPanel>
  );
}

function countText(t: T<'webhooks'>, count: number): string {
  return t(count < countedTo ? 'count' : 'countAtLeast', { count });
}

/** One chip a state that occurs, dead letters first; a chosen one stays even when it is empty. */
export function StateChips({ input, counts }: { input: EventListInput; counts: EventCounts }) {
  const t = useT('webhooks');
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
          count: countText(t, counts[state]),
        })),
      ]}
    />
  );
}
