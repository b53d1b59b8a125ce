import 'server-only';
import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { secretFingerprints } from '@/db/schema/operations';
import type { EnvInspection } from '@/env';

/** The lists of secrets that can be rotated. */
export const rotated = ['AUTH_SECRET', 'ENCRYPTION_KEY', 'CODAT_WEBHOOK_SECRET'] as const;

/** Recognizes a secret without revealing it: the secret is the key, not the message. */
export function fingerprintOf(name: string, secret: string): string {
  return createHmac('sha256', secret).update(`fingerprint of ${name}`).digest('hex').slice(0, 32);
}

/** Notes the secrets of an environment that have not been seen here before. */
export async function noteSecrets(db: Db, { values }: EnvInspection): Promise<void> {
  const seen = rotated.flatMap((name) =>
    (values[name] ?? []).map((secret) => ({ name, fingerprint: fingerprintOf(name, secret) })),
  );
  if (seen.length > 0) await db.insert(secretFingerprints).values(seen).onConflictDoNothing();
}

/** How many whole days a secret has been known here; null when it isn't recorded. */
export async function daysKnown(db: Db, name: string, secret: string): Promise<number | null> {
  const { rows } = await db.execute<{ days: number }>(sql`
    select floor(extract(epoch from now() - first_seen_at) / 86400)::int as days
    from secret_fingerprints
    where name = ${name} and fingerprint = ${fingerprintOf(name, secret)}`);
  return rows[0]?.days ?? null;
}
