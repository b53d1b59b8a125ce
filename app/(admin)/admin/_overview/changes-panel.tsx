import Link from 'next/link';
import { Panel } from '@/app/(admin)/admin/_components/panel';
import type { ChangeKind } from '@/lib/connections/list-schemas';
import type { Overview } from '@/lib/operations/overview/schemas';
import { t } from '@/messages/admin-overview';
import { ChangeChart } from './change-chart';

/** What broke and what was repaired in seven days: both sums lead to the list, the days are drawn. */
export function ChangesPanel({ changes }: { changes: Overview['changes'] }) {
  const { days, broke, repaired } = changes;
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
  const total = (what: ChangeKind, count: number, swatch: string) => (
    <Link
      href={`/admin/changes?what=${what}&from=${first}&to=${last}`}
      prefetch={false}
      className="inline-flex min-h-9 items-center gap-2 rounded-lg px-2 hover:bg-sunken"
    >
      <span aria-hidden="true" className={`size-2.5 rounded-[3px] ${swatch}`} />
      {t(`changes.${what}`)}
      <span className="font-medium text-ink tabular-nums">{t('number', { count })}</span>
    </Link>
  );
  return (
    <Panel flush title={t('changes.title')}>
      <div className="px-4 pb-4 sm:px-5">
        <div className="-mx-2 flex flex-wrap gap-x-3 text-sm text-ink-muted">
          {total('broke', broke, 'bg-warn')}
          {total('repaired', repaired, 'bg-ok')}
        </div>
        {broke + repaired > 0 ? (
          <ChangeChart days={days} />
        ) : (
          <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('changes.quiet')}</p>
        )}
      </div>
    </Panel>
  );
}
