'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef } from 'react';
import { concerns, useLiveChange } from './live-provider';
import { isRefreshPaused } from './pause-refresh';
import { useLeaving } from './use-leaving';

type Props = {
  /** Only changes of this company count; any company's when absent. */
  companyId?: string;
  /** At most one refresh in this time, so that a busy list stays calm. */
  throttleMs?: number;
  /** Refreshes this often without any news; stands behind the live stream. */
  everyMs?: number;
  /** Goes here in place of the first refresh: the same page with the reader's place held. */
  holdAt?: string;
};

/** Renders the page anew on the server when something on it has changed. Shows nothing itself. */
export function LiveRefresh({ companyId, throttleMs = 500, everyMs = 30_000, holdAt }: Props) {
  const router = useRouter();
  const isLeaving = useLeaving(holdAt);
  const refresh = useEffectEvent(() => {
    if (isRefreshPaused()) return;
    // The router does one navigation at a time, and drops another for it; a refresh waits its turn.
    if (holdAt && !isLeaving()) router.replace(holdAt, { scroll: false });
    else router.refresh();
  });
  const lastAtMs = useRef(0);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);

  useLiveChange((change) => {
    if (companyId && !concerns(change, companyId)) return;
    if (waiting.current) return;
    const waitMs = Math.max(0, lastAtMs.current + throttleMs - Date.now());
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      lastAtMs.current = Date.now();
      refresh();
    }, waitMs);
  });

  useEffect(() => {
    const poll = setInterval(() => {
      if (document.visibilityState === 'visible') refresh();
    }, everyMs);
    return () => {
      clearInterval(poll);
      clearTimeout(waiting.current);
    };
  }, [everyMs]);

  return null;
}
