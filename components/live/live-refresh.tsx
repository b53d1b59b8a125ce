'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { concerns, useLiveChange } from './live-provider';
import { isRefreshPaused } from './pause-refresh';

type Props = {
  /** Only changes of this company count; any company's when absent. */
  companyId?: string;
  /** At most one refresh in this time, so that a busy list stays calm. */
  throttleMs?: number;
  /** Refreshes this often without any news; stands behind the live stream. */
  everyMs?: number;
};

/** Renders the page anew on the server when something on it has changed. Shows nothing itself. */
export function LiveRefresh({ companyId, throttleMs = 500, everyMs = 30_000 }: Props) {
  const router = useRouter();
  const lastAtMs = useRef(0);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);

  useLiveChange((change) => {
    if (companyId && !concerns(change, companyId)) return;
    if (waiting.current) return;
    const waitMs = Math.max(0, lastAtMs.current + throttleMs - Date.now());
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      lastAtMs.current = Date.now();
      if (!isRefreshPaused()) router.refresh();
    }, waitMs);
  });

  useEffect(() => {
    const poll = setInterval(() => {
      if (document.visibilityState === 'visible' && !isRefreshPaused()) router.refresh();
    }, everyMs);
    return () => {
      clearInterval(poll);
      clearTimeout(waiting.current);
    };
  }, [router, everyMs]);

  return null;
}
