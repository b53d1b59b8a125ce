import { z } from '@/lib/zod';
import { instantOf } from './zoned-time';

/** What `<input type="datetime-local">` sends: `2026-11-03T14:05`. Else empty. */
export const momentInput = z.iso.datetime({ local: true, precision: -1 }).catch('').default('');

/** The first instant of the minute that was typed, in a zone. */
export function startOfMinute(moment: string, zone?: string): Date | null {
  return moment === '' ? null : instantOf(moment, zone);
}

/** The first instant after the minute that was typed, so that `to` takes it in. */
export function endOfMinute(moment: string, zone?: string): Date | null {
  const start = startOfMinute(moment, zone);
  return start && new Date(start.getTime() + 60_000);
}

/** What no trigger counts is counted up to here, in every room: what is beyond is "or more". */
export const countedTo = 10_000;
