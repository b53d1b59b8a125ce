'use client';

import { useEffect, useRef, useState } from 'react';
import { useT } from '#i18n';
import { statusText } from '@/components/status/connection-status';
import type { ConnectionSummary } from '@/lib/connections/types';
import type { T } from '@/messages/translator';

function differences(
  t: T<'connections'>,
  before: ConnectionSummary[],
  after: ConnectionSummary[],
): string[] {
  const old = new Map(before.map((connection) => [connection.id, connection]));
  const kept = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((connection) => {
      const values = {
        platform: connection.platformName,
        status: statusText(t, connection.state),
      };
      const earlier = old.get(connection.id);
      if (!earlier) return [t('live.added', values)];
      return earlier.state === connection.state ? [] : [t('live.changed', values)];
    }),
    ...before
      .filter(({ id }) => !kept.has(id))
      .map(({ platformName }) => t('live.removed', { platform: platformName })),
  ];
}

/** Says politely, to screen readers, what changed while the page was open. */
export function LiveAnnouncer({ connections }: { connections: ConnectionSummary[] }) {
  const t = useT('connections');
  const seen = useRef(connections);
  const [news, setNews] = useState('');
  useEffect(() => {
    const changes = differences(t, seen.current, connections);
    seen.current = connections;
    if (changes.length > 0) setNews(changes.join('. '));
  }, [connections, t]);
  return (
    <p role="status" className="sr-only">
      {news}
    </p>
  );
}
