import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { sourceTypeText } from '@/app/(customer)/connections/_components/connection-facts';
import { Time } from '@/components/time/time';
import { CopyId } from '@/components/ui/copy-id';
import { keepsOwnSchedule } from '@/lib/connections/capabilities';
import type { ConnectionSummary } from '@/lib/connections/types';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-6 py-2.5">
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

type Props = {
  connection: ConnectionSummary;
  /** The company that it belongs to, where that is one below the business of the page. */
  subsidiary: string | null;
};

export function DetailFacts({ connection, subsidiary }: Props) {
  const t = useT('connections');
  return (
    <dl className="mt-5 divide-y divide-line border-t border-line text-[0.9375rem]">
      {subsidiary ? <Fact name={t('detail.subsidiary')}>{subsidiary}</Fact> : null}
      <Fact name={t('detail.type')}>{sourceTypeText(t, connection.sourceType)}</Fact>
      <Fact name={t('detail.added')}>
        <Time at={connection.createdAt} />
      </Fact>
      {connection.linkedAt ? (
        <Fact name={t('detail.connectedOn')}>
          <Time at={connection.linkedAt} />
        </Fact>
      ) : null}
      <Fact name={t('detail.lastData')}>
        {connection.lastSyncAt ? (
          <Time at={connection.lastSyncAt} as="relative" />
        ) : (
          t(keepsOwnSchedule(connection) ? 'noSyncDesktop' : 'noSync')
        )}
      </Fact>
      <Fact name={t('detail.reference')}>
        <CopyId id={connection.id} what={t('detail.reference')} />
        <p className="text-xs text-ink-faint">{t('detail.referenceHint')}</p>
      </Fact>
    </dl>
  );
}
