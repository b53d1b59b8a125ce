import { requireIntegration } from '@/sandbox/integrations/catalogue';
import { toMillisecondIso, toSecondsIso, toSevenDigitIso } from '@/sandbox/timestamps';
import type { World } from '@/sandbox/world';
import { type Company, getCompany, listSubsidiaries } from './company-record';
import { type ConnectionJson, connectionJson, type LinkUrls } from './connection-json';
import type { Connection } from './connection-record';

function lastSyncOf(connections: readonly Connection[]): number | null {
  const times = connections.flatMap(({ lastSyncMs }) => (lastSyncMs === null ? [] : [lastSyncMs]));
  return times.length > 0 ? Math.max(...times) : null;
}

/** Not in Codat's schema, but in every example: the name of what is linked, accounting first. */
function platformOf(connections: readonly Connection[]): string {
  const linked = connections
    .filter(({ status }) => status === 'Linked')
    .map(({ platformKey }) => requireIntegration(platformKey));
  const accounting = linked.find(({ sourceType }) => sourceType === 'Accounting');
  return (accounting ?? linked[0])?.name ?? '';
}

/**
 * A company as the API prints it; what is not set is left out, never null. `created` has seven
 * fractional digits in the answer of create and whole seconds in every later one.
 */
export function companyJson(
  world: World,
  company: Company,
  connections: readonly Connection[],
  urls: LinkUrls,
  justCreated = false,
) {
  const lastSyncMs = lastSyncOf(connections);
  const parent = company.parentId === null ? null : getCompany(world, company.parentId);
  return {
    id: company.id,
    name: company.name,
    ...(company.description !== null && { description: company.description }),
    platform: platformOf(connections),
    redirect: urls.company(company.id),
    ...(lastSyncMs !== null && { lastSync: toSevenDigitIso(lastSyncMs) }),
    created: justCreated ? toSevenDigitIso(company.createdMs) : toSecondsIso(company.createdMs),
    ...(company.tags !== null && { tags: company.tags }),
    products: company.products,
    ...(parent && { referenceParentCompany: companyReferenceJson(parent) }),
    referenceSubsidiaryCompanies: listSubsidiaries(world, company.id).map(companyReferenceJson),
    ownerUserIds: [],
    dataConnections: connections.map(
      (connection): ConnectionJson => connectionJson(connection, urls),
    ),
  };
}

/** The payload of `company.*` events: details without connections. */
export function companyEventJson(
  company: Company,
  connections: readonly Connection[],
  urls: LinkUrls,
) {
  const lastSyncMs = lastSyncOf(connections);
  return {
    id: company.id,
    name: company.name,
    ...(company.description !== null && { description: company.description }),
    redirect: urls.company(company.id),
    ...(lastSyncMs !== null && { lastSync: toMillisecondIso(lastSyncMs) }),
    created: toMillisecondIso(company.createdMs),
    ...(company.tags !== null && { tags: company.tags }),
  };
}

/** `referenceCompany` in webhooks. */
export function companyReferenceJson(company: Company) {
  return {
    id: company.id,
    name: company.name,
    ...(company.description !== null && { description: company.description }),
    links: { portal: `https://app.codat.io/companies/${company.id}/summary` },
    ...(company.tags !== null && { tags: company.tags }),
  };
}
