'use client';

import { QueryClient, useQuery } from '@tanstack/react-query';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useEffect, useId, useRef } from 'react';
import { concerns, useLiveChange } from './live-provider';
import { isRefreshPaused } from './pause-refresh';
import { useLeaving } from './use-leaving';

type Props = {
  /** Only changes of this company count; any company's when absent. */
  companyId?: string;
  /** At most one refresh in this time, so that a busy list stays calm. */
  throttleMs?: number;
  /** Refreshes this often without any news, as a backup for the live stream. */
  everyMs?: number;
  /** Goes here in place of the first refresh: the same page with the reader's place held. */
  holdAt?: Route;
};

/** Holds no data: what a page shows is rendered on the server, and this only decides when again. */
const refreshes = new QueryClient();

/**
 * Renders the page again on the server: when something on it has changed, every `everyMs` while it
 * is visible, when its tab is looked at or the network is back, and when the browser's history
 * showed it as it was. The only way in which a page stays true. Shows nothing itself.
 */
export function LiveRefresh({ companyId, throttleMs = 500, everyMs = 30_000, holdAt }: Props) {
  const router = useRouter();
  const isLeaving = useLeaving(holdAt);
  const lastAtMs = useRef(0);
  const { refetch } = useQuery(
    {
      queryKey: [useId()],
      queryFn: () => {
        lastAtMs.current = Date.now();
        if (isRefreshPaused()) return null;
        // The router does one navigation at a time, and drops another for it; a refresh waits.
        if (holdAt && !isLeaving()) router.replace(holdAt, { scroll: false });
        else router.refresh();
        return null;
      },
      initialData: null,
      staleTime: Number.POSITIVE_INFINITY,
      networkMode: 'always',
      refetchInterval: everyMs,
      refetchOnWindowFocus: 'always',
      refetchOnReconnect: 'always',
    },
    refreshes,
  );

  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLiveChange((change) => {
    if (companyId && !concerns(change, companyId)) return;
    if (waiting.current) return;
    const waitMs = Math.max(0, lastAtMs.current + throttleMs - Date.now());
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      void refetch();
    }, waitMs);
  });
  useEffect(() => () => clearTimeout(waiting.current), []);

  useEffect(() => {
    if (performance.now() - wentBackAtMs < 2_000) void refetch();
  }, [refetch]);

  return null;
}

let wentBackAtMs = Number.NEGATIVE_INFINITY;
if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    wentBackAtMs = performance.now();
  });
}
