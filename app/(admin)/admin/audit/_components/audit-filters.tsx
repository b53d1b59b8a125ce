import { useT } from '#i18n';
import { FilterInput, FilterSelect } from '@/app/(admin)/admin/_components/filter-field';
import { FilterPanel } from '@/app/(admin)/admin/_components/filter-panel';
import type { AuditListInput } from '@/lib/audit/log/schemas';
import { auditActions } from '@/lib/audit/types';

type Props = { input: AuditListInput; zone: string; actors: string[] };

export function AuditFilters({ input, zone, actors }: Props) {
  const t = useT('audit');
  const { action, actor, company, from, to } = input;
  const count = [action, actor, company, from, to].filter(Boolean).length;
  return (
    <FilterPanel
      path="/admin/audit"
      kept={{ zone }}
      texts={{ open: t('filter.open'), apply: t('filter.apply'), clear: t('filter.clear') }}
      active={count > 0 ? t('filter.active', { count }) : null}
      clearHref="/admin/audit"
    >
      <FilterSelect
        name="action"
        label={t('filter.action')}
        value={action}
        any={t('filter.anyAction')}
        options={auditActions.map((one) => [one, one])}
      />
      <FilterSelect
        name="actor"
        label={t('filter.actor')}
        value={actor}
        any={t('filter.anyActor')}
        options={actors.map((one) => [one, one])}
      />
      <FilterInput
        name="company"
        label={t('filter.company')}
        defaultValue={company}
        maxLength={100}
      />
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
