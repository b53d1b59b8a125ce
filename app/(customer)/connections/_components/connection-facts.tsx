import type { ReactNode } from 'react';
import { useT } from '#i18n';
import { Time } from '@/components/time/time';
import { keepsOwnSchedule } from '@/lib/connections/capabilities';
import { type ConnectionSummary, knownState } from '@/lib/connections/types';
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
  const state = knownState(connection.state);
  const facts = [
    ...(connection.subsidiary ? [{ key: 'business', text: connection.subsidiary }] : []),
    { key: 'type', text: sourceTypeText(t, connection.sourceType) },
    { key: 'since', text: sinceText(t, connection) },
    ...(state === 'stopped' || (!connection.lastSyncAt && state !== 'Linked')
      ? []
      : [
          {
            key: 'sync',
            text: connection.lastSyncAt
              ? t.rich('lastSync', {
                  time: () => <Time at={connection.lastSyncAt} as="relative" />,
                })
              : t(keepsOwnSchedule(connection) ? 'noSyncDesktop' : 'noSync'),
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

/** Since when it is so; what was so already when it was first seen says that instead. */
function sinceText(t: T<'connections'>, connection: ConnectionSummary): ReactNode {
  const { firstKnownAt, state, stateSince } = connection;
  const key = stateSince ? (knownState(state) ?? 'unknown') : 'firstSeen';
  const as = key === 'stopped' ? 'moment' : 'relative';
  return t.rich(`since.${key}`, { time: () => <Time at={stateSince ?? firstKnownAt} as={as} /> });
}
