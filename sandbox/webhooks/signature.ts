import { createHmac } from 'node:crypto';

/**
 * The Standard-Webhooks signature: one `v1,<base64>` a secret, separated by spaces.
 * @param timestampSeconds real Unix time; the movable clock never touches it
 */
export function signMessage(
  secrets: readonly string[],
  webhookId: string,
  timestampSeconds: number,
  body: string,
): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      const digest = createHmac('sha256', key)
        .update(`${webhookId}.${timestampSeconds}.${body}`)
        .digest('base64');
      return `v1,${digest}`;
    })
    .join(' ');
}
