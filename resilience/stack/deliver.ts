import { createHmac, randomUUID } from 'node:crypto';
import type { Stack } from './stack';

export type Answer = { status: number; ms: number; retryAfter: string | null };

export function newWebhookId(): string {
  return `msg_${randomUUID().replaceAll('-', '')}`;
}

/** Delivers an event signed as Codat would; status 0 when no answer came. */
export async function deliver(
  stack: Pick<Stack, 'env'>,
  portalUrl: string,
  id: string,
  event: unknown,
): Promise<Answer> {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const secret = (stack.env.CODAT_WEBHOOK_SECRET ?? '').replace(/^whsec_/, '');
  const hmac = createHmac('sha256', Buffer.from(secret, 'base64'));
  const signature = hmac.update(`${id}.${timestamp}.${body}`).digest('base64');
  const startedAt = performance.now();
  try {
    const response = await fetch(`${portalUrl}/api/webhooks/codat`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
      signal: AbortSignal.timeout(15_000),
    });
    await response.arrayBuffer();
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, ms: performance.now() - startedAt, retryAfter };
  } catch {
    return { status: 0, ms: performance.now() - startedAt, retryAfter: null };
  }
}

/** An event about a connection, in Codat's envelope. */
export function connectionEvent(
  eventType: string,
  codatCompanyId: string,
  connection: { id: string; status: string },
  generatedAt = new Date(),
) {
  return {
    id: randomUUID(),
    eventType,
    generatedDate: generatedAt.toISOString(),
    payload: {
      referenceCompany: { id: codatCompanyId, name: 'Resilience' },
      connection: {
        integrationId: '8a156a5a-39cb-4f9d-856e-76ef9b9a9607',
        integrationKey: 'gbol',
        sourceId: randomUUID(),
        platformName: 'Xero',
        sourceType: 'Accounting',
        created: '2026-01-01T00:00:00Z',
        ...connection,
      },
    },
  };
}
