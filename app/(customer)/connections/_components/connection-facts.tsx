import { useT } from '#i18n';
import { Time } from '@/components/time/time';
import { type ConnectionSummary, knownStatus } from '@/lib/connections/types';
import type { T } from '@/messages/translator';

const sourceTypes = ['Accounting', 'Banking', 'BankFeed', 'Commerce', 'Expense', 'Other'] as const;

/** A source type in words; ones we do not know read "Other". */
export function sourceTypeText(t: T<'connections'>, sourceType: string): string {
  const known = sourceTypes.find((type) => type.toLowerCase() === sourceType.toLowerCase());
  return t(`sourceType.${known ?? 'Unknown'}`);
}

/** Type, since when, last data: one quiet line under the name. */
export function ConnectionFacts({ connection }: { connection: ConnectionSummary }) {
  const t = useT('connections');
  const status = knownStatus(connection.status);
  const since =
    (status === 'PendingAuth' ? connection.createdAt : null) ??
    connection.statusChangedAt ??
    connection.linkedAt ??
    connection.createdAt;
  const facts = [
    { key: 'type', text: sourceTypeText(t, connection.sourceType) },
    ...(since
      ? [
          {
            key: 'since',
            text: t.rich(`since.${status ?? 'unknown'}`, {
              time: () => <Time at={since} as="relative" />,
            }),
          },
        ]
      : []),
    ...(!connection.lastSyncAt && status !== 'Linked'
      ? []
      : [
          {
            key: 'sync',
            text: connection.lastSyncAt
              ? t.rich('lastSync', {
                  time: () => <Time at={connection.lastSyncAt} as="relative" />,
                })
              : t('noSync'),
          },
        ]),
  ];
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-ink-faint">
      {facts.map(({ key, text }) => (
        <li key={key}>{text}</li>
      ))}
    </ul>
  );
}
