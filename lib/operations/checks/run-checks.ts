import 'server-only';
import { logger, withoutSecrets } from '@/lib/runtime/logger';
import { withDeadline } from '@/lib/runtime/with-deadline';
import { CannotTell, type Check, type CheckContext, type Outcome, say } from './check';
import { checks } from './list';
import type { Finding } from './types';

/** Longer than any of the calls that a check makes. */
const timeoutMs = 8000;

/**
 * Runs all checks at once, each for itself: one that fails, hangs or cannot tell stops no other.
 * Takes at most 8 s.
 */
export async function runChecks(context: CheckContext): Promise<Finding[]> {
  const findings = await Promise.all(checks.map((check) => runCheck(check, context)));
  return findings.flat();
}

async function runCheck(check: Check, context: CheckContext): Promise<Finding[]> {
  const work = withDeadline(check.run(context), timeoutMs, () => {
    throw new CannotTell('late', { seconds: timeoutMs / 1000 });
  });
  const outcome = await work.catch((error: unknown) => {
    if (error instanceof CannotTell) return { state: 'unknown', found: error.ref } as const;
    logger.warn({ check: check.id, err: error }, 'a check failed to check');
    return { state: 'unknown', found: unexpected(error) } as const;
  });
  const outcomes: Outcome[] = [outcome].flat();
  return outcomes.map(({ about, state, found, mend, mender }) => ({
    id: about ? `${check.id}:${about}` : check.id,
    group: check.group,
    title: about ? say(`${check.id}.titleOf` as never, { about }) : say(`${check.id}.title`),
    state,
    found,
    mend: mend ?? null,
    mender: mender ?? null,
  }));
}

function unexpected(error: unknown): Finding['found'] {
  const message = error instanceof Error ? error.message : String(error);
  const problem = withoutSecrets(message).slice(0, 200);
  return { messageKey: 'settings.cannotTell.error', params: { problem } };
}
