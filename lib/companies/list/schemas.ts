import { type Attention, attentionStates, type CompanySetup } from '@/lib/companies/types';
import { zoneInput } from '@/lib/lists/zoned-time';
import { storableText } from '@/lib/storable-text';
import { z } from '@/lib/zod';

/** Columns that the list can be sorted by. */
export const companyOrders = ['name', 'owner', 'state', 'since', 'connections', 'created'] as const;

export type CompanyOrder = (typeof companyOrders)[number];
/** A column, with `-` before it from its other end. */
export type CompanySort = CompanyOrder | `-${CompanyOrder}`;

const companySorts = companyOrders.flatMap((order) => [order, `-${order}`] as const);

/** Companies found at Codat: unassigned, and ignored by staff. */
export const companyShelves = ['unassigned', 'ignored'] as const;

/** How many days a state has lasted. */
export const sinceDays = ['1', '7', '30'] as const;

/** Stands in `before` for the end of the list. */
export const endOfList = 'end';

const word = z
  .string()
  .regex(/^[\w .-]{1,64}$/)
  .optional()
  .catch(undefined);
const text = (max: number) =>
  z.string().trim().max(max).transform(storableText).catch('').default('');
const day = z.iso.date().optional().catch(undefined);
const cursor = z.string().max(2000).optional().catch(undefined);

/**
 * Which companies are shown and how, as it is in the URL of `/admin/companies` and of its export.
 * Anything meaningless counts as absent.
 */
export const companyListSchema = z.object({
  /** Words; a company matches when all of them do. */
  q: text(200),
  /** Attention state. */
  status: z.enum(attentionStates).optional().catch(undefined),
  /** What keeps a company from being set up at Codat, by its message key; `-` for nothing. */
  setup: word,
  /** State of a connection, as Codat spells it or `stopped`. With `platform` and `type` it means one connection. */
  connection: word,
  /** Platform key. */
  platform: word,
  /** Source type as Codat spells it. */
  type: word,
  since: z.enum(sinceDays).optional().catch(undefined),
  /** First and last day on which a company was created. */
  from: day,
  to: day,
  zone: zoneInput,
  /** `key` or `key=value`. */
  tag: text(150),
  show: z.enum(companyShelves).optional().catch(undefined),
  sort: z.enum(companySorts).catch('-created').default('-created'),
  /** Opaque keyset cursors; at most one is set. */
  after: cursor,
  before: cursor,
});

export type CompanyListInput = z.infer<typeof companyListSchema>;

/** A count that was not carried on for ever: with `isMore` there are more than `count`. */
export type CappedCount = { count: number; isMore: boolean };

export type CompanyListRow = {
  id: string;
  name: string;
  ownerEmail: string | null;
  /** Set for a company that was found at Codat and has no customer here. */
  shelf: (typeof companyShelves)[number] | null;
  setup: CompanySetup;
  attention: Attention;
  attentionSince: string;
  /** Platform names with their state, at most a handful; `connectionCount` is the whole. */
  connections: { id: string; platformName: string; status: string }[];
  connectionCount: number;
  createdAt: string;
  knownAt: string | null;
};

export type CompanyListPage = {
  rows: CompanyListRow[];
  /** Cursors of the pages beside this one; null where the list ends. */
  after: string | null;
  before: string | null;
  total: CappedCount;
};

/** How many companies there are of each kind, whatever is searched for. */
export type CompanyCounts = {
  all: CappedCount;
  byAttention: Record<Attention, CappedCount>;
  unassigned: CappedCount;
  ignored: CappedCount;
};
