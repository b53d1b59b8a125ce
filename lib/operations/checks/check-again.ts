import 'server-only';
import { getDb } from '@/db/client';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { lastCheckedAt } from './queries';
import { refreshChecks } from './refresh-checks';

/** However often and by how many it is pressed, Codat is asked at most this often. */
const notWithinMs = 10_000;

/**
 * Runs the checks for whoever may see them, unless they have just run.
 * @throws AppError `not-found`
 */
export async function checkAgain(actor: Actor): Promise<void> {
  if (!can(actor, 'settings:read')) throw new AppError('not-found', 'notFound');
  const last = await lastCheckedAt(getDb());
  if (last && Date.now() - last.getTime() < notWithinMs) return;
  await refreshChecks();
}
