import { Link2, Pencil } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { LiveRefresh } from '@/components/live/live-refresh';
import { buttonStyle } from '@/components/ui/button';
import { can } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/session';
import { getCompanyDetail } from '@/lib/companies/staff/get-company-detail';
import { listTimeline } from '@/lib/companies/timeline/timeline';
import { timelineFilters } from '@/lib/companies/timeline/timeline-schemas';
import { listCompanyConnections } from '@/lib/connections/staff-connection';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { CompanyActions } from './_components/company-actions';
import { CompanyConnections } from './_components/company-connections';
import { CompanyFacts } from './_components/company-facts';
import { CompanyHeader } from './_components/company-header';
import { DoneNotice } from './_components/company-notices';
import { Consents, People } from './_components/company-people';
import { CompanyTimeline } from './_components/company-timeline';
import { LinkSessions } from './_components/link-sessions';
import { RecentWebhooks } from './_components/recent-webhooks';
import { Subsidiaries } from './_components/subsidiaries';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('admin');
  return { title: t('company.facts') };
}

export default async function CompanyPage({
  params,
  searchParams,
}: PageProps<'/admin/companies/[companyId]'>) {
  const text = await getT('adminCompany');
  const { companyId } = await params;
  const { done, show, before } = await searchParams;
  const filter = timelineFilters.find((known) => known === show) ?? 'all';
  const cursor = typeof before === 'string' && before !== '' ? before : undefined;
  const actor = await requireOperator(`/admin/companies/${companyId}`);
  const [company, { connections, removed, below }, timeline] = await Promise.all([
    getCompanyDetail(actor, companyId),
    listCompanyConnections(actor, companyId),
    listTimeline(actor, companyId, filter, cursor),
  ]);
  if (!company) notFound();

  const ready = company.setup === 'ready';
  const mayWrite = can(actor, 'companies:write');
  const may = {
    write: mayWrite && ready,
    copy: can(actor, 'links:copy') && ready,
  };
  return (
    <GiveTexts areas={['adminCompany']}>
      <LiveRefresh companyId={company.id} throttleMs={1_000} />
      <DoneNotice done={done} ready={ready} />
      <CompanyHeader
        company={company}
        mayWrite={mayWrite}
        actions={
          <CompanyActions
            companyId={company.id}
            mayReread={can(actor, 'companies:refresh') && company.codatCompanyId !== null}
          >
            {may.copy ? (
              <Link
                href={`/admin/companies/${company.id}/link`}
                className={buttonStyle({ size: 'small' })}
              >
                <Link2 className="size-4" aria-hidden="true" />
                {text('actions.copyLink')}
              </Link>
            ) : null}
            {may.write ? (
              <Link
                href={`/admin/companies/${company.id}/edit`}
                className={buttonStyle({ size: 'small' })}
              >
                <Pencil className="size-4" aria-hidden="true" />
                {text('actions.edit')}
              </Link>
            ) : null}
          </CompanyActions>
        }
      />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <div className="space-y-4">
          <CompanyConnections connections={connections} removed={removed} may={may} />
          <Subsidiaries subsidiaries={company.subsidiaries} connections={below} />
          <CompanyTimeline
            companyId={company.id}
            page={timeline}
            filter={filter}
            isOlder={cursor !== undefined}
          />
        </div>
        <div className="space-y-4">
          <CompanyFacts company={company} />
          <People people={company.people} />
          <RecentWebhooks companyId={company.id} events={company.webhooks} />
          <LinkSessions sessions={company.linkSessions} />
          <Consents consents={company.consents} />
          {mayWrite && company.setup !== 'deleted' ? (
            <Link
              href={`/admin/companies/${company.id}/delete`}
              className={buttonStyle({ look: 'danger', size: 'small' })}
              data-no-print
            >
              {text('actions.delete')}
            </Link>
          ) : null}
        </div>
      </div>
    </GiveTexts>
  );
}
