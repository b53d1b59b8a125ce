'use client';

import { useEffect } from 'react';

/**
 * Loads the page anew when the browser brings it back as it was left, while `leaving`: its button
 * would stay pressed for good, and whoever comes back from a link that has expired needs it.
 */
export function useFreshOnReturn(leaving: boolean): void {
  useEffect(() => {
    if (!leaving) return;
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [leaving]);
}
