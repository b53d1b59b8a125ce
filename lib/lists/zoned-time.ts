import { z } from '@/lib/zod';

/** Whether this is the name of a time zone, such as `Europe/Berlin`. */
export function isZone(name: string): boolean {
  if (name.length > 64 || !/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** In an address: the zone of its `from` and `to`, so that a link means the same to everyone. */
export const zoneInput = z.string().refine(isZone).optional().catch(undefined);

/** The instant at which clocks of a zone show a local time, `2026-11-03T14:05`. */
export function instantOf(local: string, zone = 'UTC'): Date {
  const shown = Date.parse(`${local}Z`);
  // The offset at about that time, and once more for times beside a change of the clocks.
  const about = shown - offsetMs(shown, zone);
  return new Date(shown - offsetMs(about, zone));
}

function offsetMs(at: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone: zone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric' },
    ...{ day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return shown + of('second') * 1000 - Math.floor(at / 1000) * 1000;
}

/** The first instant of a day, `2026-11-03`, of a zone. */
export function startOfDay(day: string, zone?: string): Date {
  return instantOf(`${day}T00:00`, zone);
}

/** The first instant after a day of a zone, which may have 23 hours. */
export function endOfDay(day: string, zone?: string): Date {
  return startOfDay(dayAfter(day, 1), zone);
}

/** The day so many days later, or before. */
export function dayAfter(day: string, days: number): string {
  const later = new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000);
  return later.toISOString().slice(0, 10);
}

/** Which day it is in a zone. */
export function dayIn(zone: string, now = new Date()): string {
  return new Date(now.getTime() + offsetMs(now.getTime(), zone)).toISOString().slice(0, 10);
}
