'use client';

import { useEffect, useRef } from 'react';

/** A way out that has not come to its end by then never will. */
const longestMs = 30_000;

/**
 * Whether someone is on the way to another page, or has just sent a form: navigating now would cancel
 * that. Ends when `arrived` changes.
 */
export function useLeaving(arrived: unknown): () => boolean {
  const startedAtMs = useRef(Number.NEGATIVE_INFINITY);
  const leftFrom = useRef(arrived);
  useEffect(() => {
    if (leftFrom.current === arrived) return;
    leftFrom.current = arrived;
    startedAtMs.current = Number.NEGATIVE_INFINITY;
  }, [arrived]);

  useEffect(() => {
    const start = () => {
      startedAtMs.current = Date.now();
    };
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('a[href]')) start();
    };
    document.addEventListener('click', onClick, true);
    document.addEventListener('submit', start, true);
    window.addEventListener('popstate', start);
    return () => {
      document.removeEventListener('click', onClick, true);
      document.removeEventListener('submit', start, true);
      window.removeEventListener('popstate', start);
    };
  }, []);

  return () => Date.now() - startedAtMs.current < longestMs;
}
