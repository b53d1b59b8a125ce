import 'server-only';
import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import type { Actor } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { countTry } from '@/lib/auth/throttle';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { closedMs } from '@/lib/codat/gate';
import { setupProblem } from '@/lib/companies/company-setup';
import { requireStaffCompany } from '@/lib/companies/staff/staff-company';
import { AppError, waitParams } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import type { RequestContext } from '@/lib/runtime/request-context';
import { withDeadline } from '@/lib/runtime/with-deadline';
import { provisionCompany } from './provision-company';

/** Codat may take longer; the attempt then continues after the person has an answer. */
const waitMs = 10_000;
const messageKey = 'staff.setupThrottled';

/**
 * Tries to set a company up at Codat now, as the job would a little later.
 * @returns whether it is set up, or Codat has not answered yet.
 * @throws AppError `not-allowed`, `not-found`, `conflict` (deleted, or already being set up),
 * `throttled`, `upstream-unavailable` when Codat takes no calls, `upstream-refused` with what to fix.
 */
export async function retrySetup(
  actor: Actor,
  companyId: string,
  context: RequestContext,
): Promise<'ready' | 'waiting'> {
  const db = getDb();
  const company = await requireStaffCompany(actor, 'companies:write', companyId);
  if (company.codatDeletedAt) throw new AppError('conflict', 'staff.companyDeleted');
  if (company.codatCompanyId) return 'ready';
  await countTry(db, [
    { key: `retry-setup:${companyId}`, limit: 6, windowSeconds: 60, messageKey },
  ]);
  await countPersonCall(actor, { kind: 'setup', companyId });
  await recordAudit(db, actor, {
    action: 'company.retry_setup',
    companyId,
    subject: company.name,
    context,
  });
  const outcome = await tryInTime(companyId);
  if (outcome === 'ready' || outcome === 'waiting') return outcome;
  if (outcome === 'busy') throw new AppError('conflict', 'staff.setupUnderWay');
  const waitMs = await closedMs('setup');
  if (waitMs > 0) {
    throw new AppError('upstream-unavailable', 'staff.codatBusy', { params: waitParams(waitMs) });
  }
  const [row] = await db
    .select({ problem: companies.provisionProblem })
    .from(companies)
    .where(eq(companies.id, companyId));
  throw new AppError('upstream-refused', setupProblem(row?.problem));
}

function tryInTime(companyId: string): Promise<'ready' | 'busy' | 'failed' | 'waiting'> {
  const attempt = provisionCompany(companyId, 'person').catch((error: unknown) => {
    logger.error({ companyId, err: error }, 'a setup attempt failed');
    return 'failed' as const;
  });
  return withDeadline(attempt, waitMs, () => 'waiting' as const);
}
