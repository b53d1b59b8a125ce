import { createHmac } from 'node:crypto';
import { getEnv } from '@/env';
import { webhookKey } from '@/env-values';
import type { SignedDelivery } from '@/lib/webhooks/inbox/verify';

/** A delivery signed as Codat would, with the newest secret of the environment. */
export function sign(id: string, body: unknown, form: 'json' | 'raw' = 'json'): SignedDelivery {
  const bytes = Buffer.from(form === 'raw' ? String(body) : JSON.stringify(body));
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = webhookKey(getEnv().CODAT_WEBHOOK_SECRET[0] ?? '') ?? Buffer.alloc(0);
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(bytes);
  return { id, timestamp, signature: `v1,${hmac.digest('base64')}`, body: bytes };
}
