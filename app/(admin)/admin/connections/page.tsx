import type { Metadata } from 'next';
import { EmptyList } from '@/app/(admin)/admin/_components/empty-list';
import { ListPaging } from '@/app/(admin)/admin/_components/list-paging';
import { ListHead } from '@/app/(admin)/admin/_components/page-head';
import { LiveRefresh } from '@/components/live/live-refresh';
import { requireOperator } from '@/lib/auth/session';
import { listConnections } from '@/lib/connections/list-connections';
import { connectionListSchema } from '@/lib/connections/schemas';
import { getT } from '@/messages/server/get-t';
import { ConnectionFilters, connectionsHref } from './_components/connection-filters';
import { ConnectionTable } from './_components/connection-table';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminOverview');
  return { title: t('connectionList.title') };
}

/** The connections behind a number of the overview. */
export default async function ConnectionsPage({ searchParams }: PageProps<'/admin/connections'>) {
  const t = await getT('adminOverview');
  const input = connectionListSchema.parse(await searchParams);
  const actor = await requireOperator(connectionsHref(input));
  const { rows, before, after, total, isMore } = await listConnections(actor, input);
  const { status, platform, since } = input;
  const chosen = { status, platform, since };
  return (
    <>
      <LiveRefresh throttleMs={3_000} />
      <ListHead
        title={t('connectionList.title')}
        lead={t('connectionList.lead')}
        back={t('connectionList.back')}
      />
      <ConnectionFilters input={chosen} platformName={rows[0]?.platformName} />
      <p role="status" className="mt-4 mb-3 text-sm text-ink-muted tabular-nums">
        {t(isMore ? 'connectionList.totalMore' : 'connectionList.total', { count: total })}
      </p>
      {rows.length > 0 ? (
        <ConnectionTable rows={rows} />
      ) : (
        <EmptyList
          title={t('connectionList.emptyTitle')}
          text={t('connectionList.emptyText')}
          action={{ href: '/admin', text: t('connectionList.emptyAction') }}
        />
      )}
      <ListPaging
        before={before}
        after={after}
        hrefAt={(place) => connectionsHref({ ...chosen, ...place })}
        texts={{
          label: t('connectionList.pages'),
          before: t('connectionList.before'),
          after: t('connectionList.after'),
        }}
      />
    </>
  );
}
