import type { Metadata } from 'next';
import { EmptyList } from '@/app/(admin)/admin/_components/empty-list';
import { ListPaging } from '@/app/(admin)/admin/_components/list-paging';
import { ListHead } from '@/app/(admin)/admin/_components/page-head';
import { hrefOf } from '@/components/href';
import { LiveRefresh } from '@/components/live/live-refresh';
import { requireOperator } from '@/lib/auth/session';
import { listChanges } from '@/lib/connections/list-changes';
import { changeListSchema } from '@/lib/connections/schemas';
import { withZone } from '@/lib/web/reader-zone';
import { getT } from '@/messages/server/get-t';
import { ChangeFilters } from './_components/change-filters';
import { ChangeTable } from './_components/change-table';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminOverview');
  return { title: t('changeList.title') };
}

/** What broke and what was repaired: the changes behind a number of the overview. */
export default async function ChangesPage({ searchParams }: PageProps<'/admin/changes'>) {
  const t = await getT('adminOverview');
  const { input } = await withZone(changeListSchema.parse(await searchParams));
  const actor = await requireOperator(hrefOf('/admin/changes', input));
  const { rows, before, after, total, isMore } = await listChanges(actor, input);
  const { what, from, to, zone } = input;
  const chosen = { what, from, to, zone };
  return (
    <>
      <LiveRefresh throttleMs={3_000} />
      <ListHead
        title={t('changeList.title')}
        lead={t('changeList.lead')}
        back={t('changeList.back')}
      />
      <ChangeFilters input={chosen} />
      <p role="status" className="mt-4 mb-3 text-sm text-ink-muted tabular-nums">
        {t(isMore ? 'changeList.totalMore' : 'changeList.total', { count: total })}
      </p>
      {rows.length > 0 ? (
        <ChangeTable rows={rows} />
      ) : (
        <EmptyList
          title={t('changeList.emptyTitle')}
          text={t('changeList.emptyText')}
          action={{ href: '/admin/changes', text: t('changeList.emptyAction') }}
        />
      )}
      <ListPaging
        before={before}
        after={after}
        hrefAt={(place) => hrefOf('/admin/changes', { ...chosen, ...place })}
        texts={{
          label: t('changeList.pages'),
          before: t('changeList.before'),
          after: t('changeList.after'),
        }}
      />
    </>
  );
}
