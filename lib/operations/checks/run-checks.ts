import 'server-only';
import { logger, withoutSecrets } from '@/lib/runtime/logger';
import { withDeadline } from '@/lib/runtime/with-deadline';
import { CannotCheck, type Check, type CheckContext, checkText, type Outcome } from './check';
import { clockCodat, codatKey, codatPlan, codatQuota, codatReachable, redirectUrl } from './codat';
import { dataAge } from './data-age';
import { clockDatabase, connections, database, databaseExtensions, migrations } from './database';
import { appUrl, environment, outgoing, yourPages } from './environment';
import { handOffs } from './hand-offs';
import { schedules, sweep, worker } from './jobs';
import { mail } from './mail';
import { proxyHops, secretRotation, signInProvider, weakSecrets } from './secrets';
import { databaseSession, databaseUrl, liveUpdates } from './sessions';
import type { Finding } from './types';
import { versions } from './versions';
import {
  webhookConsumer,
  webhookDeliveries,
  webhookDuplicates,
  webhookEventTypes,
  webhookFilter,
} from './webhooks';

/** Every check, in the order in which they are shown. */
export const checks: Check[] = [
  environment,
  appUrl,
  yourPages,
  outgoing,
  codatReachable,
  codatKey,
  codatPlan,
  codatQuota,
  clockCodat,
  redirectUrl,
  handOffs,
  dataAge,
  webhookConsumer,
  webhookEventTypes,
  webhookFilter,
  webhookDuplicates,
  webhookDeliveries,
  weakSecrets,
  secretRotation,
  signInProvider,
  proxyHops,
  mail,
  database,
  databaseUrl,
  migrations,
  databaseExtensions,
  databaseSession,
  liveUpdates,
  connections,
  clockDatabase,
  worker,
  schedules,
  sweep,
  versions,
];

/** Longer than any of the calls that a check makes. */
const timeoutMs = 8000;

/**
 * Runs all checks in parallel and independently: one that fails, hangs or can't tell stops no other.
 * Takes at most 8 s.
 */
export async function runChecks(context: CheckContext): Promise<Finding[]> {
  const findings = await Promise.all(checks.map((check) => runCheck(check, context)));
  return findings.flat();
}

async function runCheck(check: Check, context: CheckContext): Promise<Finding[]> {
  const work = withDeadline(check.run(context), timeoutMs, () => {
    throw new CannotCheck('late', { seconds: timeoutMs / 1000 });
  });
  const outcome = await work.catch((error: unknown) => {
    if (error instanceof CannotCheck) return { state: 'unknown', found: error.ref } as const;
    logger.warn({ check: check.id, err: error }, 'a check could not run');
    return { state: 'unknown', found: unexpected(error) } as const;
  });
  const outcomes: Outcome[] = [outcome].flat();
  return outcomes.map(({ about, state, found, fix, fixedIn }) => ({
    id: about ? `${check.id}:${about}` : check.id,
    group: check.group,
    title: about
      ? checkText(`${check.id}.titleOf` as never, { about })
      : checkText(`${check.id}.title`),
    state,
    found,
    fix: fix ?? null,
    fixedIn: fixedIn ?? null,
  }));
}

function unexpected(error: unknown): Finding['found'] {
  const message = error instanceof Error ? error.message : String(error);
  const problem = withoutSecrets(message).slice(0, 200);
  return { messageKey: 'settings.cannotTell.error', params: { problem } };
}
