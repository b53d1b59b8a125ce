import { requireIntegration } from '@/sandbox/integrations/catalogue';
import { toSecondsIso, toSevenDigitIso } from '@/sandbox/timestamps';
import type { World } from '@/sandbox/world';
import type { Connection } from './connection-record';

/** Makes the Link URLs of an answer: with a fresh one-time password, or without. */
export interface LinkUrls {
  company(companyId: string): string;
  connection(companyId: string, connectionId: string): string;
}

/** Link URLs without a one-time password, as webhooks carry them. */
export function plainLinkUrls({ publicUrl }: World): LinkUrls {
  return {
    company: (companyId) => `${publicUrl}/company/${companyId}`,
    connection: (companyId, connectionId) =>
      `${publicUrl}/companies/${companyId}/connections/${connectionId}/start`,
  };
}

/** A connection as the API and the webhooks print it; what is not set is left out, never null. */
export function connectionJson(connection: Connection, urls: LinkUrls) {
  const integration = requireIntegration(connection.platformKey);
  return {
    id: connection.id,
    integrationId: integration.integrationId,
    integrationKey: integration.key,
    sourceId: integration.sourceId,
    platformName: integration.name,
    linkUrl: urls.connection(connection.companyId, connection.id),
    status: connection.status,
    ...(connection.lastSyncMs !== null && { lastSync: toSevenDigitIso(connection.lastSyncMs) }),
    created: toSecondsIso(connection.createdMs),
    sourceType: integration.sourceType,
    ...(connection.errors.length > 0 && { dataConnectionErrors: connection.errors }),
  };
}

export type ConnectionJson = ReturnType<typeof connectionJson>;
