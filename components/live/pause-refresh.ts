'use client';

import { useEffect } from 'react';

let pauses = 0;

/**
 * Prevents refreshes while `active`. A refresh while someone is leaving for Link would request the
 * address they are leaving for, which the router already takes for the page's own, and a Link URL
 * may open only once.
 */
export function usePauseRefresh(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    pauses += 1;
    return () => {
      pauses -= 1;
    };
  }, [active]);
}

export function isRefreshPaused(): boolean {
  return pauses > 0;
}
