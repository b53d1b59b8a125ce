/** `second` is a moment with its seconds. */
export type TimeStyle = 'moment' | 'second' | 'day';

const parts: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  day: {},
  moment: { hour: '2-digit', minute: '2-digit' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

type Options = {
  style: TimeStyle;
  /** Of the reader's language. */
  tag: string;
};

function format(at: Date, { style, tag }: Options, zone: Intl.DateTimeFormatOptions): string {
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(tag, { ...date, ...parts[style], ...zone }).format(at);
}

/** A moment in the zone of the server: `3 Nov 2026, 14:05 UTC`. */
export function utcText(at: Date, options: Options): string {
  const named = options.style === 'day' ? {} : ({ timeZoneName: 'short' } as const);
  return format(at, options, { timeZone: 'UTC', ...named });
}

/** A moment in the reader's own time zone: `3 Nov 2026, 15:05`. */
export function localText(at: Date, options: Options): string {
  return format(at, options, {});
}

/** A moment in the reader's own time zone, which it names: `3 Nov 2026, 15:05 CET`. */
export function zonedText(at: Date, options: Options): string {
  const style = options.style === 'day' ? 'moment' : options.style;
  return format(at, { ...options, style }, { timeZoneName: 'short' });
}

const steps = [
  { limitMs: 60 * 60_000, unitMs: 60_000, unit: 'minute' },
  { limitMs: 24 * 3_600_000, unitMs: 3_600_000, unit: 'hour' },
  { limitMs: 7 * 86_400_000, unitMs: 86_400_000, unit: 'day' },
] as const;

type Now = { nowMs: number; justNow: string; tag: string };

/** `2 minutes ago`, or null when it is more than a week away and a date says more. */
export function relativeText(at: Date, { nowMs, justNow, tag }: Now): string | null {
  // Two clocks never agree to the second, so a little future counts as now.
  const agoMs = nowMs - at.getTime();
  if (agoMs < 45_000 && agoMs > -60_000) return justNow;
  const step = steps.find(({ limitMs }) => Math.abs(agoMs) < limitMs);
  if (!step) return null;
  const count = Math.max(1, Math.round(Math.abs(agoMs) / step.unitMs));
  return new Intl.RelativeTimeFormat(tag, { numeric: 'always' }).format(
    agoMs > 0 ? -count : count,
    step.unit,
  );
}
