import { Link2, Pencil } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { LiveRefresh } from '@/components/live/live-refresh';
import { Timeline } from '@/components/timeline/timeline';
import { buttonStyle } from '@/components/ui/button';
import { can } from '@/lib/auth/actor';
import { requireOperator } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getCompanyDetail } from '@/lib/companies/queries';
import { translator } from '@/messages/translator';
import { CompanyActions } from './_components/company-actions';
import { CompanyConnections } from './_components/company-connections';
import { CompanyFacts } from './_components/company-facts';
import { CompanyHeader } from './_components/company-header';
import { Consents } from './_components/consents';
import { DoneNotice } from './_components/done-notice';
import { LinkSessions } from './_components/link-sessions';
import { Panel } from './_components/panel';
import { People } from './_components/people';

const t = translator('admin');
const text = translator('adminCompany');

export const metadata: Metadata = { title: t('company.facts') };

type Props = {
  params: Promise<{ companyId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function CompanyPage({ params, searchParams }: Props) {
  const { companyId } = await params;
  const { done } = await searchParams;
  const actor = await requireOperator(`/admin/companies/${companyId}`);
  const company = await getCompanyDetail(actor, companyId);
  if (!company) notFound();

  const { history } = company;
  const ready = company.setup === 'ready';
  const mayWrite = can(actor, 'companies:write');
  const may = {
    write: mayWrite && ready,
    copy: can(actor, 'links:copy') && ready,
  };
  return (
    <>
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
          <CompanyConnections
            connections={company.connections}
            removed={company.removedConnections}
            may={may}
          />
          <Panel title={t('company.history')}>
            {history.length > 0 ? (
              <Timeline staff entries={history} brandName={getBrand().name} />
            ) : (
              <p className="text-ink-muted">{t('company.historyEmpty')}</p>
            )}
          </Panel>
        </div>
        <div className="space-y-4">
          <CompanyFacts company={company} />
          <People people={company.people} />
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
    </>
  );
}
