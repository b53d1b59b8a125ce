'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { PageTitle } from '@/app/(customer)/_components/page-title';
import { useConnections } from '@/app/(customer)/_components/use-connections';
import { buttonStyle } from '@/components/ui/button';
import type { ConnectionsOverview } from '@/lib/connections/schemas';
import { t } from '@/messages/connections';
import { AttentionBanner } from './attention-banner';
import { ConnectionRow } from './connection-row';
import { EmptyConnections } from './empty-connections';
import { Freshness } from './freshness';
import { LiveAnnouncer } from './live-announcer';
import { SetupNotice } from './setup-notice';

type Props = { initial: ConnectionsOverview; brandName: string; contact: string | null };

export function ConnectionsView({ initial, brandName, contact }: Props) {
  const overview = useConnections(initial);
  const { company, connections } = overview;
  const ready = company.setup === 'ready';
  return (
    <>
      <PageTitle
        title={t('title')}
        lead={t('lead', { company: company.name, brand: brandName })}
        action={
          ready && connections.length > 0 ? (
            <Link href="/connect" className={buttonStyle({ className: 'max-sm:w-full' })}>
              <Plus className="size-4" aria-hidden="true" />
              {t('connectAnother')}
            </Link>
          ) : null
        }
      />
      <LiveAnnouncer connections={connections} />
      {ready ? null : <SetupNotice company={company} brandName={brandName} contact={contact} />}
      <AttentionBanner connections={connections} brandName={brandName} />
      {connections.length > 0 || overview.stale ? (
        <Freshness knownAt={overview.knownAt} stale={overview.stale} />
      ) : null}
      {connections.length > 0 ? (
        <ul aria-label={t('listLabel')} className="space-y-3">
          {connections.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              brandName={brandName}
              actions={ready}
            />
          ))}
        </ul>
      ) : ready ? (
        <EmptyConnections brandName={brandName} />
      ) : null}
    </>
  );
}
