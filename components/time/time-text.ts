const months = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/** `second` is a moment with its seconds. */
export type TimeStyle = 'moment' | 'second' | 'day';

/** A moment in words that are the same on every machine: `3 Nov 2026, 14:05 UTC`. */
export function utcText(at: Date, style: TimeStyle): string {
  const day = `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  if (style === 'day') return day;
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  return `${day}, ${time}${style === 'second' ? `:${two(at.getUTCSeconds())}` : ''} UTC`;
}

/** A moment in the reader's own time zone: `3 Nov 2026, 14:05`. */
export function localText(at: Date, style: TimeStyle): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    ...(style === 'day' ? {} : { timeStyle: style === 'second' ? 'medium' : 'short' }),
  }).format(at);
}

const steps = [
  { limitMs: 60 * 60_000, unitMs: 60_000, unit: 'minute' },
  { limitMs: 24 * 3_600_000, unitMs: 3_600_000, unit: 'hour' },
  { limitMs: 7 * 86_400_000, unitMs: 86_400_000, unit: 'day' },
] as const;

/** `2 minutes ago`, or null when it is more than a week away and a date says more. */
export function relativeText(at: Date, nowMs: number, justNow: string): string | null {
  // Two clocks never agree to the second, so a little future counts as now.
  const agoMs = nowMs - at.getTime();
  if (agoMs < 45_000 && agoMs > -60_000) return justNow;
  const step = steps.find(({ limitMs }) => Math.abs(agoMs) < limitMs);
  if (!step) return null;
  const count = Math.max(1, Math.round(Math.abs(agoMs) / step.unitMs));
  return new Intl.RelativeTimeFormat('en-GB', { numeric: 'always' }).format(
    agoMs > 0 ? -count : count,
    step.unit,
  );
}
