'use client';

import { useEffect } from 'react';

let pauses = 0;

/**
 * No refresh while `active`. One that is asked for while somebody is on the way out to Link would
 * be made for the address they are leaving to: the router takes it for the page's own already, and
 * a Link URL may open only once.
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
