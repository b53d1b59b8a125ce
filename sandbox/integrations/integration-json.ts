import type { World } from '@/sandbox/world';
import { INTEGRATIONS, type Integration, type SourceType } from './catalogue';
import { logoPath } from './logos';

const DATA_TYPES: Record<SourceType, readonly string[]> = {
  Accounting: ['chartOfAccounts', 'company', 'invoices', 'bills', 'balanceSheet', 'profitAndLoss'],
  Banking: ['banking-accounts', 'banking-transactions', 'banking-accountBalances'],
  Commerce: ['commerce-companyInfo', 'commerce-orders', 'commerce-payments'],
  BankFeed: ['bankAccounts'],
  Expense: [],
  Other: [],
};

/** The data types that a platform of this kind is read for. */
export function dataTypesOf(sourceType: SourceType): readonly string[] {
  return DATA_TYPES[sourceType];
}

interface Counts {
  linked: number;
  total: number;
}

function countConnections(world: World): Map<string, Counts> {
  const rows = world.store.all<{ platform_key: string; linked: number; total: number }>(
    `SELECT platform_key, SUM(status = 'Linked') AS linked, COUNT(*) AS total
     FROM connections GROUP BY platform_key`,
  );
  return new Map(rows.map((row) => [row.platform_key, row]));
}

function toJson(world: World, integration: Integration, counts: Counts | undefined) {
  return {
    key: integration.key,
    logoUrl: `${world.publicUrl}${logoPath(integration.key, 'square')}`,
    name: integration.name,
    enabled: integration.enabled,
    sourceId: integration.sourceId,
    integrationId: integration.integrationId,
    sourceType: integration.sourceType,
    isOfflineConnector: integration.isOffline,
    isBeta: false,
    supportedEnvironments: 'LiveAndSandbox',
    linkedConnectionsCount: counts?.linked ?? 0,
    totalConnectionsCount: counts?.total ?? 0,
    dataProvidedBy: 'Codat',
    datatypeFeatures: dataTypesOf(integration.sourceType).map((datatype) => ({
      datatype,
      supportedFeatures: [{ featureType: 'Get', featureState: 'Release' }],
    })),
  };
}

export type IntegrationJson = ReturnType<typeof toJson>;

/** Every integration as the API prints it. */
export function listIntegrationJson(world: World): IntegrationJson[] {
  const counts = countConnections(world);
  return INTEGRATIONS.map((integration) => toJson(world, integration, counts.get(integration.key)));
}

/** One integration as the API prints it. */
export function integrationJson(world: World, integration: Integration): IntegrationJson {
  return toJson(world, integration, countConnections(world).get(integration.key));
}

/** The answer of the branding operation; there is no button, as for most real platforms. */
export function brandingJson(world: World, integration: Integration) {
  const image = (shape: 'full' | 'square') => ({
    image: {
      src: `${world.publicUrl}${logoPath(integration.key, shape)}`,
      alt: `${integration.name.toLowerCase()} ${shape} icon`,
    },
  });
  return {
    logo: { full: image('full'), square: image('square') },
    button: {},
    sourceId: integration.sourceId,
  };
}
