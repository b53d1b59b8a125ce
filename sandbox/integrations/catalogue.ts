import { createHash } from 'node:crypto';

export type SourceType = 'Accounting' | 'Banking' | 'BankFeed' | 'Commerce' | 'Expense' | 'Other';

/** A platform that a business can connect. Keys, names and documented ids are Codat's own. */
export interface Integration {
  key: string;
  name: string;
  sourceType: SourceType;
  integrationId: string;
  sourceId: string;
  /** False: this client does not support it; Hosted Link ends with 501. */
  enabled: boolean;
  /** Holds test data only; `link.showSandboxIntegrations=false` hides it. */
  isSandbox: boolean;
  isOffline: boolean;
  monogram: string;
  colour: string;
}

/** Codat has documented only some ids; the others are derived from the key, so they never change. */
function derivedUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type Details = Partial<
  Pick<Integration, 'integrationId' | 'sourceId' | 'enabled' | 'isSandbox' | 'isOffline'>
>;

function platform(
  key: string,
  name: string,
  sourceType: SourceType,
  monogram: string,
  colour: string,
  details: Details = {},
): Integration {
  return {
    key,
    name,
    sourceType,
    monogram,
    colour,
    integrationId: derivedUuid(`integration ${key}`),
    sourceId: derivedUuid(`source ${key}`),
    enabled: true,
    isSandbox: false,
    isOffline: false,
    ...details,
  };
}

/** Every platform of the stand-in, in the order in which lists show them. */
export const INTEGRATIONS: readonly Integration[] = [
  platform('gbol', 'Xero', 'Accounting', 'Xe', '#0b6e99', {
    sourceId: '8a156a5a-39cb-4f9d-856e-76ef9b9a9607',
    integrationId: '0f20c943-12d0-4800-9f6c-d218f62d494c',
  }),
  platform('qhyg', 'QuickBooks Online', 'Accounting', 'QB', '#1b7a2f', {
    sourceId: 'afe268b1-289e-4496-b890-3d65e9ce1acb',
    integrationId: 'adeb7fe9-4c64-4848-9e0d-175317876b6f',
  }),
  platform('pqsw', 'QuickBooks Desktop', 'Accounting', 'QD', '#14602a', { isOffline: true }),
  platform('tgff', 'Sage Accounting', 'Accounting', 'Sa', '#0f6b3c'),
  platform('knfz', 'Sage Intacct', 'Accounting', 'SI', '#0d5a4a'),
  platform('hbql', 'Sage 50 (UK & Ireland)', 'Accounting', 'S5', '#175c2f', {
    isOffline: true,
    sourceId: '58e1d32f-a092-438a-bffb-3bf6af9ba8ec',
    integrationId: '18cb53c4-3807-4a5a-8da9-303053a40002',
  }),
  platform('akxx', 'Oracle NetSuite', 'Accounting', 'NS', '#43525a', {
    sourceId: '9815b998-024d-4415-a40b-89903b2cad6f',
    integrationId: 'cc750323-5a47-4f28-8d8e-30fbbf2ce137',
  }),
  platform('trji', 'Dynamics 365 Business Central', 'Accounting', 'BC', '#5b3d8a'),
  platform('fbrh', 'FreeAgent', 'Accounting', 'FA', '#0a5c8c'),
  platform('vxvy', 'FreshBooks', 'Accounting', 'FB', '#1457a6'),
  platform('pdvj', 'MYOB Business', 'Accounting', 'MY', '#6b2c91'),
  platform('qudb', 'Exact (Netherlands)', 'Accounting', 'Ex', '#a3242d'),
  platform('rwuv', 'Zoho Books', 'Accounting', 'ZB', '#8a4b0f'),
  platform('mqjo', 'Sandbox', 'Accounting', 'Sb', '#54606c', {
    isSandbox: true,
    sourceId: 'aff0f057-255f-42c4-8d4a-ae23b43e1615',
    integrationId: '9e0cc03b-3868-4543-98c0-568f0f1b12a3',
  }),
  platform('pbtz', 'Wave', 'Accounting', 'Wa', '#174ea6', { enabled: false }),
  platform('rvam', 'Workday', 'Accounting', 'Wd', '#8a3f0a', { enabled: false }),
  platform('suuo', 'Plaid', 'Banking', 'Pl', '#22262b', {
    sourceId: '46ee0089-dc88-405a-9667-9fb3d9976f19',
    integrationId: '580146ed-7556-4f92-8bf9-7344667763ec',
  }),
  platform('upvr', 'TrueLayer', 'Banking', 'TL', '#0f5f63'),
  platform('exgd', 'Stripe', 'Commerce', 'St', '#4b45c6', {
    sourceId: '9a96f326-226a-4e0f-923a-6758fdba40cc',
    integrationId: '43b64770-a953-46d6-ab30-46c21094a276',
  }),
  platform('fztf', 'Shopify', 'Commerce', 'Sh', '#3c6e1f'),
  platform('zsth', 'Square', 'Commerce', 'Sq', '#2b2f33'),
  platform('ugxp', 'Zettle', 'Commerce', 'Ze', '#6a3ea1'),
  platform('fqly', 'Clover', 'Commerce', 'Cl', '#176b37'),
  platform('ltpp', 'WooCommerce', 'Commerce', 'Wo', '#7a3a8f'),
  platform('aiwb', 'Commerce Sandbox', 'Commerce', 'CS', '#54606c', { isSandbox: true }),
  platform('hcws', 'QuickBooks Online Bank Feeds', 'BankFeed', 'QF', '#0e6249', {
    sourceId: '56e6575a-3f1f-4918-b009-f7535555f0d6',
    integrationId: '6b113e06-e818-45d7-977b-8e6bb3d01269',
  }),
  platform('olpr', 'SageBankFeed', 'BankFeed', 'SF', '#0f6b3c', {
    sourceId: '98432954-a4fa-4640-a685-3af56909002a',
    integrationId: '2ce41026-589a-4330-8bfc-a30672253cd9',
  }),
  // Codat has published no keys for these.
  platform('xpns', 'Partner Expense', 'Expense', 'PE', '#5a4632'),
  platform('acfu', 'Accounting file upload', 'Other', 'AU', '#54606c'),
  platform('bkfu', 'Banking file upload', 'Other', 'BU', '#54606c'),
  platform('bdfu', 'Business documents file upload', 'Other', 'DU', '#54606c'),
];

const byKey = new Map(INTEGRATIONS.map((integration) => [integration.key, integration]));

/** The platform with this four-letter key, or null. */
export function getIntegration(key: string): Integration | null {
  return byKey.get(key) ?? null;
}

/** As `getIntegration`; throws for a key that the catalogue has never had. */
export function requireIntegration(key: string): Integration {
  const integration = byKey.get(key);
  if (!integration) throw new Error(`No platform has the key ${key}`);
  return integration;
}
