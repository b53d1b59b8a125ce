import type { Metadata } from 'next';
import { useT } from '#i18n';
import { EmptyList } from '@/app/(admin)/admin/_components/empty-list';
import { ListCell, ListRow, ListTable } from '@/app/(admin)/admin/_components/list-table';
import { ListHead } from '@/app/(admin)/admin/_components/page-head';
import { LiveRefresh } from '@/components/live/live-refresh';
import { Time } from '@/components/time/time';
import { requireOperator } from '@/lib/auth/session';
import type { SweepRow } from '@/lib/sync/sweep/list-sweeps';
import { listSweeps } from '@/lib/sync/sweep/list-sweeps';
import { getT } from '@/messages/server/get-t';
import type { T } from '@/messages/translator';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminOverview');
  return { title: t('sweepList.title') };
}

const columns = ['started', 'finished', 'seen', 'missed', 'found'] as const;

/** The sweeps behind "missed by webhook" on the overview. */
export default async function SweepsPage() {
  const t = await getT('adminOverview');
  const actor = await requireOperator('/admin/sweeps', 'webhooks:read');
  const { rows, missedWeek, foundWeek } = await listSweeps(actor);
  return (
    <>
      <LiveRefresh throttleMs={5_000} />
      <ListHead
        title={t('sweepList.title')}
        lead={t('sweepList.lead')}
        back={t('sweepList.back')}
      />
      {rows.length === 0 ? (
        <EmptyList title={t('sweepList.emptyTitle')} text={t('sweepList.emptyText')} />
      ) : (
        <>
          <p role="status" className="font-medium">
            {t('sweepList.week', { missed: missedWeek, found: foundWeek })}
          </p>
          <p className="mt-1 mb-4 text-sm text-ink-muted">{t('sweepList.shown')}</p>
          <ListTable
            label={t('sweepList.table')}
            columns={columns.map((key) => ({ key, text: t(`sweepList.${key}`) }))}
          >
            {rows.map((row) => (
              <Sweep key={row.id} row={row} />
            ))}
          </ListTable>
        </>
      )}
    </>
  );
}

function Sweep({ row }: { row: SweepRow }) {
  const t = useT('adminOverview');
  const { startedAt, finishedAt, problem } = row;
  const count = (value: number) => t('number', { count: value });
  return (
    <ListRow head={<Time at={startedAt} />}>
      <ListCell label={t('sweepList.finished')}>
        {finishedAt ? (
          <Time at={finishedAt} />
        ) : (
          <>
            <span className="text-ink-muted">{t('sweepList.running')}</span>
            {problem ? (
              <p className="text-xs text-bad">{t('sweepList.held', { problem })}</p>
            ) : null}
          </>
        )}
      </ListCell>
      <ListCell label={t('sweepList.seen')}>
        <span className="tabular-nums">{count(row.companiesSeen)}</span>
        {remarks(t, row).map((text) => (
          <p key={text} className="max-w-80 text-xs text-warn">
            {text}
          </p>
        ))}
      </ListCell>
      <ListCell label={t('sweepList.missed')}>
        <span
          className={
            row.missedByWebhook > 0 ? 'font-medium tabular-nums text-warn' : 'tabular-nums'
          }
        >
          {count(row.missedByWebhook)}
        </span>
      </ListCell>
      <ListCell label={t('sweepList.found')}>
        <span className={row.companiesFound > 0 ? 'font-medium tabular-nums' : 'tabular-nums'}>
          {count(row.companiesFound)}
        </span>
      </ListCell>
    </ListRow>
  );
}

/** What makes a sweep less than whole. */
function remarks(t: T<'adminOverview'>, row: SweepRow): string[] {
  const { companiesSeen: seen, companiesListed: listed, companiesMissing: missing } = row;
  const isOver = row.finishedAt !== null;
  return [
    isOver && listed !== null && seen < listed && t('sweepList.short', { seen, listed }),
    row.doubted && t('sweepList.doubted', { missing }),
    row.companiesFailed > 0 && t('sweepList.failed', { count: row.companiesFailed }),
    row.unordered && t('sweepList.unordered'),
  ].filter((text) => text !== false);
}
