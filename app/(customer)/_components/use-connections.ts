'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLayoutEffect } from 'react';
import { concerns, useLeaveSignedOut, useLiveChange } from '@/components/live/live-provider';
import type { ConnectionsOverview } from '@/lib/connections/schemas';

const pollMs = 30_000;
const setupPollMs = 3_000;

async function fetchOverview(companyId: string, leave: () => void): Promise<ConnectionsOverview> {
  const response = await fetch('/api/connections', { headers: { accept: 'application/json' } });
  const overview = response.ok ? ((await response.json()) as ConnectionsOverview) : null;
  if (response.status === 401) leave();
  // Another tab has switched to another business: this page is not true any more.
  if (overview && overview.company.id !== companyId) window.location.reload();
  if (!overview) throw new Error(`/api/connections answered ${response.status}`);
  return overview;
}

/** What the server rendered, kept true by live changes and, behind them, by polling. */
export function useConnections(initial: ConnectionsOverview): ConnectionsOverview {
  const client = useQueryClient();
  const companyId = initial.company.id;
  const leave = useLeaveSignedOut();
  const { data } = useQuery({
    queryKey: ['connections', companyId],
    queryFn: () => fetchOverview(companyId, leave),
    initialData: initial,
    staleTime: 15_000,
    refetchInterval: (query) =>
      query.state.data?.company.setup === 'provisioning' ? setupPollMs : pollMs,
  });

  // A page rendered later knows more than the store, unless it came from the history: show it,
  // and ask once more.
  useLayoutEffect(() => {
    const queryKey = ['connections', initial.company.id];
    const held = client.getQueryData<ConnectionsOverview>(queryKey);
    if (held === undefined || held === initial) return;
    client.setQueryData(queryKey, initial);
    void client.invalidateQueries({ queryKey });
  }, [client, initial]);

  useLiveChange((change) => {
    if (concerns(change, companyId)) {
      void client.invalidateQueries({ queryKey: ['connections', companyId] });
    }
  });

  return data;
}
