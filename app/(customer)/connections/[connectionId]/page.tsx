import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { businessHref } from '@/app/(customer)/_components/business-href';
import { BusinessPage } from '@/app/(customer)/_components/business-page';
import {
  ConnectionActions,
  ConnectionProblem,
} from '@/app/(customer)/_components/connection-actions';
import { PageTitle } from '@/app/(customer)/_components/page-title';
import { Freshness } from '@/app/(customer)/connections/_components/connection-notices';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PlatformLogo } from '@/components/platform-logo';
import { ConnectionStatus } from '@/components/status/connection-status';
import { Timeline } from '@/components/timeline/timeline';
import { Card } from '@/components/ui/card';
import { businessOf } from '@/lib/actor';
import { requireActor } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { capabilitiesOf, keepsOwnSchedule } from '@/lib/connections/capabilities';
import { getConnectionDetail } from '@/lib/connections/get-connections';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { DetailFacts } from './_components/detail-facts';
import { PasscodeSteps } from './_components/passcode-steps';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('connections');
  return { title: t('detail.meta') };
}

export default async function ConnectionPage({ params }: PageProps<'/connections/[connectionId]'>) {
  const t = await getT('connections');
  const { connectionId } = await params;
  const actor = await requireActor(`/connections/${connectionId}`);
  const detail = await getConnectionDetail(actor, connectionId);
  if (!detail) notFound();

  const brand = getBrand();
  const { connection, company, history } = detail;
  const can = capabilitiesOf(connection, company.setup);
  return (
    <BusinessPage actor={actor} companyId={company.id}>
      <GiveTexts areas={['connections']}>
        <LiveRefresh companyId={company.id} />
        <PageTitle
          back={{
            href: businessHref(actor, company.id, '/connections'),
            text: t('detail.back'),
          }}
          title={
            <span className="flex items-center gap-3.5">
              <PlatformLogo platformName={connection.platformName} logoPath={connection.logoPath} />
              <span className="min-w-0">{connection.platformName}</span>
            </span>
          }
          action={
            company.setup === 'ready' && !can.passcode ? (
              <ConnectionActions connection={connection} />
            ) : null
          }
        />
        {can.passcode ? <PasscodeSteps connection={connection} brandName={brand.name} /> : null}
        <Freshness knownAt={detail.knownAt} stale={detail.stale} />
        <div className="grid gap-4 lg:grid-cols-[3fr_2fr] lg:items-start">
          <Card className="p-5 sm:p-6">
            <h2 className="sr-only">{t('detail.facts')}</h2>
            <ConnectionStatus status={connection.state} className="text-lg" />
            <div className="mt-2">
              {connection.state === 'Linked' ? (
                <div className="space-y-1.5 text-[0.9375rem] text-ink-muted">
                  <p>{t('explain.Linked', { brand: brand.name })}</p>
                  {keepsOwnSchedule(connection) ? (
                    <p>{t('explain.desktop', { platform: connection.platformName })}</p>
                  ) : null}
                </div>
              ) : (
                <ConnectionProblem connection={connection} brandName={brand.name} />
              )}
            </div>
            <DetailFacts
              connection={connection}
              subsidiary={businessOf(actor, company.id) === company.id ? null : company.name}
            />
          </Card>
          <Card className="p-5 sm:p-6">
            <h2 className="mb-4 font-semibold">{t('detail.history')}</h2>
            {history.length > 0 ? (
              <Timeline entries={history} brandName={brand.name} />
            ) : (
              <p className="text-[0.9375rem] text-ink-muted">{t('detail.historyEmpty')}</p>
            )}
          </Card>
        </div>
        {can.disconnect ? (
          <p className="mt-6 text-sm text-ink-muted">
            {t(connection.way === 'link' ? 'detail.stopText' : 'detail.stopTextOther')}{' '}
            <Link
              href={`/connections/${connection.id}/disconnect`}
              className="font-medium text-ink underline underline-offset-4"
            >
              {t('detail.stop')}
            </Link>
          </p>
        ) : null}
      </GiveTexts>
    </BusinessPage>
  );
}
