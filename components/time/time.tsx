'use client';

import { useSyncExternalStore } from 'react';
import { useLocale, useT } from '#i18n';
import { localText, relativeText, type TimeStyle, utcText, zonedText } from './time-text';

type Props = {
  /** ISO-8601; null reads "not known". */
  at: string | null;
  /** `relative`: "2 minutes ago", a date when older than a week. */
  as?: 'relative' | TimeStyle;
};

/** A time in UTC from the server, in the reader's own zone and words once scripts run. */
export function Time({ at, as = 'moment' }: Props) {
  const t = useT('layout');
  const { tag } = useLocale();
  const nowMs = useNow();
  const date = at ? new Date(at) : null;
  if (!date || Number.isNaN(date.getTime())) return <span>{t('time.unknown')}</span>;

  const isRelative = as === 'relative';
  const options = { style: isRelative ? ('moment' as const) : as, tag };
  const textNow = () => {
    if (nowMs === null) return utcText(date, options);
    if (!isRelative) return localText(date, options);
    const relative = relativeText(date, { nowMs, justNow: t('time.now'), tag });
    return relative ?? localText(date, { style: 'day', tag });
  };
  return (
    // What the server and a browser know of a language may differ by a release.
    <time
      dateTime={date.toISOString()}
      title={nowMs === null ? undefined : zonedText(date, options)}
      className="tabular-nums"
      suppressHydrationWarning
    >
      {textNow()}
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
