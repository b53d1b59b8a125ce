'use client';

import { useCallback, useEffect, useRef } from 'react';

const longestAnswerMs = 5_000;

/**
 * How a page leaves once its session is over: it loads again, which leads to the sign-in page and
 * from there back. Where a form of its own ended the session (`endsSession`), only if that form's answer is late.
 */
export function useSessionEnd(): () => void {
  const sentAt = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const onSubmit = ({ target }: Event) => {
      if (target instanceof HTMLFormElement && 'endsSession' in target.dataset) {
        sentAt.current = performance.now();
      }
    };
    document.addEventListener('submit', onSubmit, { capture: true });
    return () => {
      document.removeEventListener('submit', onSubmit, { capture: true });
      clearTimeout(timer.current);
    };
  }, []);

  return useCallback(() => {
    const waitMs = sentAt.current + longestAnswerMs - performance.now();
    clearTimeout(timer.current);
    timer.current = setTimeout(() => window.location.reload(), Math.max(0, waitMs));
  }, []);
}
