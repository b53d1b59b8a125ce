import type { Metadata } from 'next';
import { Notice } from '@/components/ui/notice';
import { requireCompany } from '@/lib/auth/session';
import { getBrand } from '@/lib/brand';
import { getConnectionsOverview } from '@/lib/connections/get-connections';
import { t } from '@/messages/connections';
import { ConnectionsView } from './_components/connections-view';

export const metadata: Metadata = { title: t('title') };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ConnectionsPage({ searchParams }: Props) {
  const { actor, companyId } = await requireCompany('/connections');
  const { disconnected, returned } = await searchParams;
  const brand = getBrand();
  const overview = await getConnectionsOverview(actor, companyId);
  const ended = overview.connections.find(
    ({ id, status }) => id === disconnected && status !== 'Linked',
  );
  return (
    <>
      {ended ? (
        <Notice
          tone="ok"
          className="mb-6"
          title={t('disconnected.title', { platform: ended.platformName })}
        >
          <p>{t('disconnected.text', { brand: brand.name })}</p>
        </Notice>
      ) : null}
      {returned === 'unknown' ? (
        <Notice tone="info" className="mb-6" title={t('returned.title')}>
          <p>{t('returned.text')}</p>
        </Notice>
      ) : null}
      <ConnectionsView
        initial={overview}
        brandName={brand.name}
        contact={brand.supportEmail ?? brand.supportPhone}
      />
    </>
  );
}
