import type { ConnectionSummary, ConnectionsOverview } from '@/lib/connections/types';
import { z } from '@/lib/zod';

/** Form of a hand-off. `connectionId` aims at one connection (finish, reconnect). */
export const startLinkSchema = z.object({
  companyId: z.uuid(),
  connectionId: z.union([z.uuid(), z.literal('').transform(() => undefined)]).optional(),
  consent: z.literal('yes').optional(),
  /** The locale that the terms were read in. */
  consentLocale: z.string().optional(),
});

/** Form for copying a Link URL. Without a connection it is the company's own. */
export const copyLinkSchema = z.object({
  companyId: z.uuid(),
  connectionId: z
    .string()
    .max(100)
    .transform((id) => id || undefined)
    .optional(),
});

/** What `/connect` shows. */
export type ConnectPage = {
  company: ConnectionsOverview['company'];
  /** Newest receipt for the current text, if any. */
  consent: { acceptedAt: string; byName: string | null } | null;
  consentTextVersion: string;
};

/**
 * `connected` 200 and Codat agrees · `signedIn` 200, but data has not come again yet · `unconfirmed`
 * 200, but Codat does not yet say so · `listed` 200, but Codat says otherwise · `unchanged` 201 ·
 * `cancelled` 403 · `unsupported` 501 · `failed` 500 and anything else · `unknown` no status code came
 * back · `stillConnected`, `connectedAnyway` one of these, but the connection works · `closed` the
 * business can connect nothing now.
 */
export const linkOutcomeKinds = [
  'connected',
  'signedIn',
  'unconfirmed',
  'listed',
  'unchanged',
  'stillConnected',
  'connectedAnyway',
  'closed',
  'cancelled',
  'unsupported',
  'failed',
  'unknown',
] as const;

export type LinkOutcomeKind = (typeof linkOutcomeKinds)[number];

/** What the clean confirmation page `/link/done/[linkSessionId]` shows. */
export type LinkOutcome = {
  kind: LinkOutcomeKind;
  company: ConnectionsOverview['company'];
  /** The connection this hand-off was about, where we know it. */
  connection: ConnectionSummary | null;
  /** Every connection of the company that is really linked now. */
  linked: ConnectionSummary[];
  /** Codat didn't say which visit the person came back from. */
  stateless: boolean;
  /** False when Codat couldn't be asked on return; the page then says so. */
  verified: boolean;
};
