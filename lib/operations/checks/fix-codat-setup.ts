import 'server-only';
import { getDb } from '@/db/client';
import { getEnv } from '@/env';
import { type Actor, can } from '@/lib/actor';
import { CodatError } from '@/lib/codat/errors';
import { ownAccess } from '@/lib/codat/transport';
import { AppError } from '@/lib/errors';
import { nameOfPlan, readKeptPlan } from '@/lib/operations/codat-setup/kept-plan';
import { runSetup } from '@/lib/operations/codat-setup/run-setup';
import type { RequestContext } from '@/lib/runtime/request-context';
import { refreshChecks } from './refresh-checks';

/**
 * Makes the changes at Codat that the page showed and the admin agreed to, and checks again.
 * @param planName the plan that was shown.
 * @returns whether a webhook consumer was created, whose signing secret a person must copy.
 * @throws AppError `not-found`, `conflict` (another plan, or someone else is at it), `upstream-…`
 */
export async function fixCodatSetup(
  actor: Actor,
  planName: string,
  context: RequestContext,
): Promise<{ hasNewSecret: boolean }> {
  if (!can(actor, 'settings:write')) throw new AppError('not-found', 'notFound');
  const db = getDb();
  const agreed = await readKeptPlan(db);
  if (nameOfPlan(agreed) !== planName) throw new AppError('conflict', 'setupChanged');
  try {
    const access = { ...ownAccess(), asker: { priority: 'person', db } } as const;
    const target = { access, appUrl: getEnv().APP_URL };
    const done = await runSetup({ target, agreed, db, actor, context });
    return { hasNewSecret: done.some(({ kind }) => kind === 'create-consumer') };
  } catch (error) {
    if (!(error instanceof CodatError)) throw error;
    const params = { problem: error.message };
    throw new AppError('upstream-unavailable', 'setupFailed', { params, cause: error });
  } finally {
    await refreshChecks('person');
  }
}
