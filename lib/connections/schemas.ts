import { zoneInput } from '@/lib/lists/zoned-time';
import type { ChangeSource } from '@/lib/sync/schemas';
import { fieldError, z } from '@/lib/zod';

export const disconnectSchema = z.object({ connectionId: z.uuid() });

export const passcodeSchema = z.object({ connectionId: z.uuid() });

/** A form that names a connection of a company. */
export const companyConnectionSchema = z.object({
  companyId: z.uuid(),
  connectionId: z.string().min(1).max(100),
});

export const removeConnectionSchema = companyConnectionSchema.extend({
  understood: z.literal('yes', fieldError('staff.confirm')),
});

/** How many days a status has lasted. */
export const sinceDays = ['1', '7', '30'] as const;

const cursor = z.string().max(300).optional().catch(undefined);
const status = z.string().regex(/^[\w .-]{1,64}$/);
const day = z.iso.date().optional().catch(undefined);

/** Shown where none is named: all connections together are no list for a person. */
export const defaultStatus = 'Deauthorized';

/** Which connections are shown, as it stands in the URL of `/admin/connections`. */
export const connectionListSchema = z.object({
  /** A state: as Codat spells it, or `stopped`. */
  status: status.catch(defaultStatus).default(defaultStatus),
  /** Platform key; `-` for connections whose platform Codat does not name. */
  platform: status.optional().catch(undefined),
  since: z.enum(sinceDays).optional().catch(undefined),
  /** Opaque keyset cursors; at most one is set. */
  after: cursor,
  before: cursor,
});

export type ConnectionListInput = z.infer<typeof connectionListSchema>;

export type ConnectionListRow = {
  id: string;
  platformKey: string | null;
  platformName: string;
  /** Path on our own origin, or null when we hold no logo. */
  logoPath: string | null;
  status: string;
  /** Since when it is in this state; if that's unknown, when it was first seen so. */
  since: string;
  sinceKnown: boolean;
  company: { id: string; name: string };
};

/** What happened to a connection: it lost its access or its data stopped, or either came back. */
export const changeKinds = ['broke', 'repaired'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Which changes of status are shown, as it stands in the URL of `/admin/changes`. */
export const changeListSchema = z.object({
  what: z.enum(changeKinds).optional().catch(undefined),
  /** First and last day on which we learned of it. */
  from: day,
  to: day,
  zone: zoneInput,
  after: cursor,
  before: cursor,
});

export type ChangeListInput = z.infer<typeof changeListSchema>;

export type ChangeListRow = {
  id: string;
  connectionId: string;
  platformName: string;
  fromStatus: string | null;
  toStatus: string | null;
  source: ChangeSource;
  actorName: string | null;
  occurredAt: string;
  recordedAt: string;
  company: { id: string; name: string };
};

/** One page of a list, and how many rows there are in all: at least so many if `isMore`. */
export type ListPage<Row> = {
  rows: Row[];
  after: string | null;
  before: string | null;
  total: number;
  isMore: boolean;
};
