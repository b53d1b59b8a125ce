export const connectionEvents = [
  'connection.created',
  'connection.connected',
  'connection.failed',
  'connection.disconnected',
  'connection.reconnected',
  'connection.deleted',
];
export const companyEvents = ['company.created', 'company.deleted'];
export const readEvents = ['read.completed', 'read.completed.initial'];
export const quotaEvents = ['client.rateLimit.reached', 'client.rateLimit.reset'];

/** The event types that the portal acts on; its webhook consumer at Codat must send them all. */
export const portalEventTypes = [
  ...connectionEvents,
  ...companyEvents,
  ...readEvents,
  ...quotaEvents,
];

/** Where the portal takes webhooks: the `url` of its consumer at Codat. */
export function webhookUrl(appUrl: string): string {
  return `${appUrl}/api/webhooks/codat`;
}
