import 'server-only';
import { z } from '@/lib/zod';
import type { TimelineKey } from './timeline-keys';

const cursorSchema = z.tuple([
  z.string().regex(/^\d{1,16}$/),
  z.enum(['status', 'webhook', 'audit', 'consent', 'link']),
  z.string().regex(/^[0-9a-f-]{1,36}$/),
]);

/** A place in a timeline as it is in the URL. */
export function encodeTimelineCursor({ at, kind, id }: TimelineKey): string {
  return Buffer.from(JSON.stringify([at, kind, id])).toString('base64url');
}

/** Null for none, and for anything that is no cursor: the timeline then begins at its newest. */
export function decodeTimelineCursor(text: string | undefined): TimelineKey | null {
  if (!text || text.length > 300) return null;
  try {
    const { data } = cursorSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return data ? { at: data[0], kind: data[1], id: data[2] } : null;
  } catch {
    return null;
  }
}
