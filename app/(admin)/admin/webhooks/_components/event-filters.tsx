import { FilterInput, FilterSelect } from '@/app/(admin)/admin/_components/filter-field';
import { FilterPanel } from '@/app/(admin)/admin/_components/filter-panel';
import { hrefOf } from '@/components/href';
import type { EventListInput } from '@/lib/webhooks/room/schemas';
import { t } from '@/messages/webhooks';

type Props = { input: EventListInput; types: string[] };

export function EventFilters({ input, types }: Props) {
  const { state, type, company, webhook, from, to } = input;
  const count = [type, company, webhook, from, to].filter(Boolean).length;
  return (
    <FilterPanel
      path="/admin/webhooks"
      kept={{ state }}
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
      <FilterInput name="from" type="datetime-local" label={t('filter.from')} defaultValue={from} />
      <FilterInput name="to" type="datetime-local" label={t('filter.to')} defaultValue={to} />
    </FilterPanel>
  );
}
