'use client';

import { useSyncExternalStore } from 'react';
import { t } from '@/messages/layout';
import { localText, relativeText, type TimeStyle, utcText } from './time-text';

type Props = {
  /** ISO-8601; null reads "not known". */
  at: string | null;
  /** `relative`: "2 minutes ago", a date when older than a week. */
  as?: 'relative' | TimeStyle;
};

/** A time in UTC from the server, in the reader's own zone and words once scripts run. */
export function Time({ at, as = 'moment' }: Props) {
  const nowMs = useNow();
  const date = at ? new Date(at) : null;
  if (!date || Number.isNaN(date.getTime())) return <span>{t('time.unknown')}</span>;

  const style = as === 'relative' ? 'moment' : as;
  const absolute = nowMs === null ? utcText(date, style) : localText(date, style);
  const relative =
    as === 'relative' && nowMs !== null ? relativeText(date, nowMs, t('time.now')) : null;
  return (
    <time
      dateTime={date.toISOString()}
      title={relative ? absolute : undefined}
      className="tabular-nums"
    >
      {relative ?? (as === 'relative' && nowMs !== null ? localText(date, 'day') : absolute)}
    </time>
  );
}

const tickMs = 15_000;
const listeners = new Set<() => void>();
let nowMs = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick() {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    nowMs = 0;
  };
}

function read(): number {
  if (nowMs === 0) nowMs = Date.now();
  return nowMs;
}

/** The current time in ms, updated as it passes; null on the server and while hydrating. One timer a page. */
function useNow(): number | null {
  return useSyncExternalStore(subscribe, read, () => null);
}
