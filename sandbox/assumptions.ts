import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from '@/sandbox/settings';

interface Assumption {
  /** What a portal may be tempted to rely on, though Codat doesn't say so. */
  claim: string;
  /** The setting with which it doesn't hold. */
  against: SettingsChange;
}

/** Everything undocumented that the local Codat usually grants, and how to have it otherwise. */
export const ASSUMPTIONS: readonly Assumption[] = [
  { claim: 'A list of companies can be ordered by `created`', against: { orderBy: 'refused' } },
  {
    claim: 'A connection’s Link URL hands custom parameters on to the redirect',
    against: { customParameters: 'lostOnStart' },
  },
  { claim: 'Every platform has a logo that can be loaded', against: { logos: 'missing' } },
  { claim: 'Dates end with Z', against: { dates: 'noZone' } },
  { claim: 'What was never read has no `lastSync`', against: { neverSynced: 'year1' } },
  {
    claim: 'Optional fields that are known are sent, `integrationKey`, `sourceType` and `tags` too',
    against: { optionalFields: 'absent' },
  },
  { claim: 'Nothing is null, and no field or value is new', against: { hostile: true } },
  { claim: 'A replayed message keeps its `webhook-id`', against: { replayId: 'new' } },
  { claim: 'A company can be created without products', against: { productsRequired: true } },
  {
    claim: 'Reads are announced as `read.completed`',
    against: { customProduct: 'own-product' },
  },
  {
    claim: '`X-Rate-Limit-Reset` is an ISO date',
    against: { rateLimitReset: 'epochSeconds' },
  },
  { claim: '`Retry-After` counts seconds', against: { retryAfter: 'httpDate' } },
  { claim: 'The sync settings can be read', against: { syncSettings: 'forbidden' } },
  {
    claim: 'Deleting a company announces its connections too',
    against: { announceConnectionsOfDeletedCompany: false },
  },
  {
    claim: 'A bank feed’s passcode comes in an object',
    against: { bankFeedPasscode: 'text' },
  },
  { claim: 'Link URLs can be used again', against: { oneTimeLinks: true } },
  { claim: 'Webhooks arrive in order', against: { webhookShuffle: 0.5 } },
  { claim: 'Webhooks arrive once', against: { webhookDuplicate: 0.5 } },
];

/** The settings with which none of the assumptions holds. */
export const ALL_AGAINST: SettingsChange = Object.assign(
  {},
  ...ASSUMPTIONS.map(({ against }) => against),
);

/** The same settings as they usually are. */
export function usualSettings(): SettingsChange {
  const names = Object.keys(ALL_AGAINST) as (keyof Settings)[];
  return Object.fromEntries(names.map((name) => [name, DEFAULT_SETTINGS[name]]));
}

/** Each assumption, with whether it holds now. */
export function listAssumptions(settings: Settings) {
  return ASSUMPTIONS.map(({ claim, against }) => ({
    claim,
    against,
    holds: Object.entries(against).some(
      ([name, value]) => settings[name as keyof Settings] !== value,
    ),
  }));
}
