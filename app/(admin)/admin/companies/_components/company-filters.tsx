import { useT } from '#i18n';
import { FilterInput, FilterSelect } from '@/app/(admin)/admin/_components/filter-field';
import { FilterPanel } from '@/app/(admin)/admin/_components/filter-panel';
import { firstPage, paramsOf } from '@/components/href';
import { statusText } from '@/components/status/connection-status';
import { type CompanyListInput, sinceDays } from '@/lib/companies/list/schemas';
import { connectionStates } from '@/lib/connections/types';
import { plainList } from './companies-href';
import { type Platform, sourceTypes, sourceTypeText } from './filter-names';

const inPanel = ['connection', 'platform', 'type', 'since', 'from', 'to', 'tag'] as const;

type Props = { input: CompanyListInput; zone: string; platforms: Platform[] };

/** What the list can be narrowed down by, besides words and kinds. */
export function CompanyFilters({ input, zone, platforms }: Props) {
  const t = useT('adminCompanies');
  const connectionsText = useT('connections');
  const active = inPanel.filter((name) => input[name]).length;
  const kept = Object.fromEntries(paramsOf(firstPage(input), plainList));
  for (const name of inPanel) delete kept[name];
  const choice = (name: 'connection' | 'platform' | 'type' | 'since') => ({
    name,
    label: t(`filters.${name}`),
    value: input[name],
    any: t('filters.any'),
  });
  const day = (name: 'from' | 'to') => ({
    name,
    label: t(`filters.${name}`),
    hint: t('filters.dayHint', { zone }),
    defaultValue: input[name],
  });
  return (
    <FilterPanel
      floats
      path="/admin/companies"
      kept={{ ...kept, zone }}
      texts={{ open: t('filters.open'), apply: t('filters.apply') }}
      active={
        active > 0 ? (
          <>
            {active}
            <span className="sr-only"> {t('filters.active')}</span>
          </>
        ) : null
      }
    >
      <FilterSelect
        {...choice('connection')}
        options={connectionStates.map((status) => [status, statusText(connectionsText, status)])}
      />
      <FilterSelect
        {...choice('platform')}
        options={platforms.map(({ key, name }) => [key, name])}
      />
      <FilterSelect
        {...choice('type')}
        options={sourceTypes.map((type) => [type, sourceTypeText(t, type)])}
      />
      <FilterSelect
        {...choice('since')}
        options={sinceDays.map((days) => [days, t('filters.sinceOption', { days: Number(days) })])}
      />
      <FilterInput type="date" {...day('from')} />
      <FilterInput type="date" {...day('to')} />
      <div className="sm:col-span-2">
        <FilterInput
          name="tag"
          label={t('filters.tag')}
          hint={t('filters.tagHint')}
          defaultValue={input.tag}
          maxLength={150}
        />
      </div>
    </FilterPanel>
  );
}
