import 'server-only';
import { asc } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { integrations } from '@/db/schema/codat';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';

/**
 * Every platform of Codat's, by name.
 * @throws AppError `not-found` if the actor may not read companies.
 */
export async function listPlatforms(actor: Actor): Promise<{ key: string; name: string }[]> {
  if (!can(actor, 'companies:read')) throw new AppError('not-found', 'notFound');
  return getDb()
    .select({ key: integrations.platformKey, name: integrations.name })
    .from(integrations)
    .orderBy(asc(integrations.name), asc(integrations.platformKey));
}
