export const connectionEvents = [
  'connection.created',
  'connection.connected',
  'connection.failed',
  'connection.disconnected',
  'connection.reconnected',
  'connection.deleted',
];
export const companyEvents = ['company.created', 'company.deleted'];
export const readEvents = [
  'read.completed',
  'read.completed.initial',
  'read.completed.successful',
  'read.completed.successful.initial',
  'read.completed.unsuccessful',
];
export const quotaEvents = ['client.rateLimit.reached', 'client.rateLimit.reset'];

/** A finished read in any of its forms; clients with products of their own get `product.read.completed`. */
export function isReadEvent(eventType: string): boolean {
  return /(^|\.)read\.completed(\.|$)/.test(eventType);
}

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
