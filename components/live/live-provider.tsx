'use client';

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { type LiveChange, openLiveLink } from './live-link';
import { useSessionEnd } from './use-session-end';

type Listener = (change: LiveChange) => void;

const LiveContext = createContext<Set<Listener> | null>(null);

/** Keeps the tab's place in the live link of this person. */
export function LiveProvider({ userId, children }: { userId: string; children: ReactNode }) {
  const [listeners] = useState(() => new Set<Listener>());
  const leave = useSessionEnd();

  useEffect(() => {
    const tellAll = (change: LiveChange) => {
      for (const listener of listeners) listener(change);
    };
    const start = () =>
      openLiveLink(`portal-live-${userId}`, '/api/live', {
        onChange: tellAll,
        onEnd: leave,
      });

    let close: (() => void) | null = start();
    const onHide = () => {
      close?.();
      close = null;
    };
    const onShow = () => {
      if (close) return;
      close = start();
      tellAll({ companyIds: null });
    };
    window.addEventListener('pagehide', onHide);
    window.addEventListener('pageshow', onShow);
    return () => {
      window.removeEventListener('pagehide', onHide);
      window.removeEventListener('pageshow', onShow);
      onHide();
    };
  }, [userId, listeners, leave]);

  return <LiveContext value={listeners}>{children}</LiveContext>;
}

/** Calls back on every live change; without a provider above it never does. */
export function useLiveChange(callback: Listener): void {
  const listeners = useContext(LiveContext);
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  useEffect(() => {
    if (!listeners) return;
    const listener: Listener = (change) => latest.current(change);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listeners]);
}

/** Whether a change concerns this company. */
export function concerns(change: LiveChange, companyId: string): boolean {
  return change.companyIds === null || change.companyIds.includes(companyId);
}
