import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { businessHref } from '@/app/(customer)/_components/business-href';
import { BusinessPage } from '@/app/(customer)/_components/business-page';
import { PageTitle } from '@/app/(customer)/_components/page-title';
import { LiveRefresh } from '@/components/live/live-refresh';
import { buttonStyle } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { requireCompany } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getConnectionsOverview } from '@/lib/connections/get-connections';
import { getT } from '@/messages/server/get-t';
import { GiveTexts } from '@/messages/server/give-texts';
import { AttentionBanner, Freshness, SetupNotice } from './_components/connection-notices';
import { ConnectionRow } from './_components/connection-row';
import { EmptyConnections } from './_components/empty-connections';
import { LiveAnnouncer } from './_components/live-announcer';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getT('connections');
  return { title: t('title') };
}

export default async function ConnectionsPage({ searchParams }: PageProps<'/connections'>) {
  const t = await getT('connections');
  const query = await searchParams;
  const { actor, companyId } = await requireCompany('/connections', query);
  const { disconnected, returned } = query;
  const connectHref = businessHref(actor, companyId, '/connect');
  const brand = getBrand();
  const overview = await getConnectionsOverview(actor, companyId);
  const { company, connections } = overview;
  const ready = company.setup === 'ready';
  const ended = connections.find(({ id, status }) => id === disconnected && status !== 'Linked');
  return (
    <BusinessPage actor={actor} companyId={companyId}>
      <GiveTexts areas={['connections']}>
        <LiveRefresh
          companyId={companyId}
          everyMs={company.setup === 'provisioning' ? 3_000 : 30_000}
        />
        {ended ? (
          <Notice
            tone="ok"
            className="mb-6"
            title={t('disconnected.title', { platform: ended.platformName })}
          >
            <p>
              {t(ended.way === 'link' ? 'disconnected.text' : 'disconnected.textOther', {
                brand: brand.name,
              })}
            </p>
          </Notice>
        ) : null}
        {returned === 'unknown' ? (
          <Notice tone="info" className="mb-6" title={t('returned.title')}>
            <p>{t('returned.text')}</p>
          </Notice>
        ) : null}
        <PageTitle
          title={t('title')}
          lead={t('lead', { company: company.name, brand: brand.name })}
          action={
            ready && connections.length > 0 ? (
              <Link href={connectHref} className={buttonStyle({ className: 'max-sm:w-full' })}>
                <Plus className="size-4" aria-hidden="true" />
                {t('connectAnother')}
              </Link>
            ) : null
          }
        />
        <LiveAnnouncer connections={connections} />
        {ready ? null : (
          <SetupNotice
            company={company}
            brandName={brand.name}
            contact={brand.supportEmail ?? brand.supportPhone}
          />
        )}
        <AttentionBanner connections={connections} brandName={brand.name} />
        {connections.length > 0 || overview.stale ? (
          <Freshness knownAt={overview.knownAt} stale={overview.stale} />
        ) : null}
        {connections.length > 0 ? (
          <ul aria-label={t('listLabel')} className="space-y-3">
            {connections.map((connection) => (
              <ConnectionRow
                key={connection.id}
                connection={connection}
                brandName={brand.name}
                actions={ready}
              />
            ))}
          </ul>
        ) : ready ? (
          <EmptyConnections brandName={brand.name} connectHref={connectHref} />
        ) : null}
      </GiveTexts>
    </BusinessPage>
  );
}
