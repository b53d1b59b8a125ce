import { z } from 'zod';
import { readMeta, writeMeta } from '@/sandbox/store/meta';
import type { Store } from '@/sandbox/store/open-store';

const rate = z.number().min(0).max(1);
const duration = z.number().int().min(0);

/** Settings that take one of a few words. The first is the usual one. */
export const CHOICES = {
  /** How often data is read, and whether Codat tells: every 24, 1 or 720 hours, never, 403, 404. */
  syncSettings: ['daily', 'hourly', 'monthly', 'none', 'forbidden', 'missing'],
  /** Which `orderBy` a list of companies takes: any field, only the published one, none. */
  orderBy: ['any', 'published', 'refused'],
  /** Parameters of a Link URL that Codat doesn't know: do they reach the redirect? */
  customParameters: ['kept', 'lostOnStart', 'lost'],
  logos: ['drawn', 'missing'],
  dates: ['published', 'sevenDigits', 'noZone', 'offset'],
  /** What `lastSync` says where nothing was ever read. */
  neverSynced: ['absent', 'year1'],
  /** An empty `description`, and what else may be left out. */
  optionalFields: ['usual', 'empty', 'absent'],
  /** The `webhook-id` of a replayed message. */
  replayId: ['same', 'new'],
  rateLimitReset: ['iso', 'httpDate', 'epochSeconds', 'epochMilliseconds', 'absent'],
  retryAfter: ['seconds', 'httpDate'],
  /** The answer that tells a bank feed's one-time passcode. */
  bankFeedPasscode: ['object', 'text'],
} as const;

type Choices = { [Name in keyof typeof CHOICES]: (typeof CHOICES)[Name][number] };
export type ChoiceName = keyof Choices;

/** What the control API can change; nothing else is accepted, and what is absent stays. */
export const settingsChangeSchema = z.strictObject({
  syncSettings: z.enum(CHOICES.syncSettings).optional(),
  orderBy: z.enum(CHOICES.orderBy).optional(),
  customParameters: z.enum(CHOICES.customParameters).optional(),
  logos: z.enum(CHOICES.logos).optional(),
  dates: z.enum(CHOICES.dates).optional(),
  neverSynced: z.enum(CHOICES.neverSynced).optional(),
  optionalFields: z.enum(CHOICES.optionalFields).optional(),
  replayId: z.enum(CHOICES.replayId).optional(),
  rateLimitReset: z.enum(CHOICES.rateLimitReset).optional(),
  retryAfter: z.enum(CHOICES.retryAfter).optional(),
  bankFeedPasscode: z.enum(CHOICES.bankFeedPasscode).optional(),
  oneTimeLinks: z.boolean().optional(),
  webhookDuplicate: rate.optional(),
  webhookDrop: rate.optional(),
  webhookShuffle: rate.optional(),
  webhookDelayMs: duration.optional(),
  clockOffsetMs: z.number().int().optional(),
  hostile: z.boolean().optional(),
  /** Requests a day; null is Codat's own formula. */
  dailyQuota: z.number().int().min(0).nullable().optional(),
  /** Companies the plan allows (the free plan: 50); null is no limit. */
  companyLimit: z.number().int().min(0).nullable().optional(),
  /** Whether creating a company without `products` is refused. */
  productsRequired: z.boolean().optional(),
  /** Reads are announced as `{product}.read.completed`; null: as `read.completed`. */
  customProduct: z
    .string()
    .regex(/^[\w-]+$/)
    .nullable()
    .optional(),
  /** Whether deleting a company also announces each of its connections. */
  announceConnectionsOfDeletedCompany: z.boolean().optional(),
  /** From authorization to the end of the first read. */
  initialReadDelayMs: duration.optional(),
});

export type SettingsChange = z.infer<typeof settingsChangeSchema>;
export type Settings = Required<SettingsChange>;

const usualChoices = Object.fromEntries(
  Object.entries(CHOICES).map(([name, [usual]]) => [name, usual]),
) as Choices;

export const DEFAULT_SETTINGS: Settings = {
  ...usualChoices,
  oneTimeLinks: false,
  webhookDuplicate: 0,
  webhookDrop: 0,
  webhookShuffle: 0,
  webhookDelayMs: 0,
  clockOffsetMs: 0,
  hostile: false,
  dailyQuota: null,
  companyLimit: null,
  productsRequired: false,
  customProduct: null,
  announceConnectionsOfDeletedCompany: true,
  initialReadDelayMs: 1200,
};

export interface SettingsStore {
  current(): Settings;
  /** Changes what `change` names and keeps it; unknown values have been refused before. */
  update(change: SettingsChange): Settings;
  reset(): void;
}

/** Settings live in the store and are kept in memory, because every request asks for them. */
export function openSettings(store: Store): SettingsStore {
  let settings: Settings = { ...DEFAULT_SETTINGS, ...readMeta<SettingsChange>(store, 'settings') };
  const keep = (next: Settings): Settings => {
    settings = next;
    writeMeta(store, 'settings', settings);
    return settings;
  };
  return {
    current: () => settings,
    update: (change) => keep({ ...settings, ...change }),
    reset: () => {
      keep(DEFAULT_SETTINGS);
    },
  };
}
