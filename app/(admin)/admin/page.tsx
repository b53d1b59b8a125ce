import type { Metadata } from 'next';
import { LiveRefresh } from '@/components/live/live-refresh';
import { getEnv } from '@/env';
import { requireOperator } from '@/lib/auth/session';
import { listAttentionItems } from '@/lib/operations/overview/attention-items';
import { getOverview } from '@/lib/operations/overview/get-overview';
import { getReaderZone } from '@/lib/web/reader-zone';
import { getT } from '@/messages/server/get-t';
import { ChangesPanel } from './_overview/changes-panel';
import { CompaniesPanel } from './_overview/companies-panel';
import { ConnectionsPanel } from './_overview/connections-panel';
import { EmptyPortal } from './_overview/empty-portal';
import { NeedsPanel } from './_overview/needs-panel';
import { SignalsPanel } from './_overview/signals-panel';
import { UnfinishedPanel } from './_overview/unfinished-panel';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('adminOverview');
  return { title: t('title') };
}

/** The page that staff leave open: first what needs attention, then the overall state. */
export default async function AdminPage() {
  const t = await getT('adminOverview');
  const actor = await requireOperator('/admin');
  const overview = await getOverview(actor, await getReaderZone());
  const { companies } = overview;
  const isEmpty = companies.total + companies.ignored === 0;
  return (
    <>
      <LiveRefresh throttleMs={3_000} everyMs={20_000} />
      <div className="mb-6">
        <h1 className="text-2xl font-semibold">{t('title')}</h1>
        <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('lead')}</p>
      </div>
      {isEmpty ? <EmptyPortal signUpUrl={`${getEnv().APP_URL}/sign-up`} /> : null}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-3">
        <div className="contents lg:col-span-2 lg:block lg:space-y-4">
          <NeedsPanel needs={listAttentionItems(overview)} overview={overview} quiet={isEmpty} />
          {isEmpty ? null : <CompaniesPanel companies={companies} />}
          {isEmpty ? null : <ChangesPanel changes={overview.changes} />}
        </div>
        <div className="contents lg:block lg:space-y-4">
          <SignalsPanel overview={overview} />
          {isEmpty ? null : <UnfinishedPanel overview={overview} />}
        </div>
        {isEmpty ? null : (
          <div className="lg:col-span-3">
            <ConnectionsPanel connections={overview.connections} />
          </div>
        )}
      </div>
    </>
  );
}
