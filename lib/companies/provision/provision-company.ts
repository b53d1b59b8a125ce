import 'server-only';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { type Db, getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { getEnv } from '@/env';
import {
  type CompanyAnswer,
  type CompanyBody,
  createCompany,
  findCompanyByUid,
} from '@/lib/codat/companies';
import { busyMs, CodatError } from '@/lib/codat/errors';
import { withoutLinks } from '@/lib/codat/without-links';
import type { SetupProblem } from '@/lib/companies/company-setup';
import { publishChange } from '@/lib/live/publish';
import { logger, withoutSecrets } from '@/lib/runtime/logger';
import { storableText } from '@/lib/storable-text';
import { adoptCompany } from '@/lib/sync/adopt-company';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { requeueEventsOf } from '@/lib/webhooks/inbox/requeue-events';
import { continueBlockedSetups } from './blocked-setups';

/** Longer than two Codat calls can take. */
const leaseSeconds = 45;

type Claim = {
  id: string;
  attempts: number;
  /** Whether Codat may know the company from before: see `mayExist`. */
  mayExist: boolean;
  key: string;
  body: CompanyBody;
};

/**
 * Creates the company at Codat, exactly once over any number of tries and crashes. The idempotency
 * key and the body are stored before the call. From the second try on, and for a company that is not new
 * any more, Codat is first asked for one with our tag, whatever became of the earlier call.
 * @returns `ready` when the company is known at Codat or was given up, `busy` when another process is at it, `failed`
 * when this try did not succeed.
 */
export async function provisionCompany(
  companyId: string,
  priority: 'person' | 'setup' = 'setup',
): Promise<'ready' | 'busy' | 'failed'> {
  const db = getDb();
  const claim = await claimProvisioning(db, companyId);
  if (claim === 'ready' || claim === 'busy') return claim;
  try {
    const orphan = claim.mayExist ? await findCompanyByUid(claim.id, priority) : null;
    const answer = orphan ?? (await createCompany(claim.body, claim.key, priority));
    // The sweep may take it in at this very moment: its row is there to be merged the second time.
    const record = () => recordCompany(db, claim, answer);
    const isOurs = await record().catch((error: unknown) => {
      if (!isTaken(error)) throw error;
      return record();
    });
    return isOurs ? 'ready' : 'failed';
  } catch (error) {
    await recordFailure(db, claim, error);
    return 'failed';
  }
}

// A sign-up makes its first attempt immediately. A later first attempt may follow one that a restored
// backup doesn't know about.
const mayExist = sql<boolean>`${companies.provisionAttempts} > 1
  or ${companies.createdAt} < now() - interval '1 minute'`;

async function claimProvisioning(db: Db, companyId: string): Promise<Claim | 'ready' | 'busy'> {
  const [claimed] = await db
    .update(companies)
    .set({
      provisionLeaseUntil: sql`now() + ${leaseSeconds} * interval '1 second'`,
      provisionAttempts: sql`${companies.provisionAttempts} + 1`,
      provisionAttemptedAt: sql`now()`,
      provisionKey: sql`coalesce(${companies.provisionKey}, gen_random_uuid())`,
      // Codat's examples of names and tags: our id survives its name rules as it is.
      provisionBody: sql`coalesce(${companies.provisionBody}, jsonb_build_object(
        'name', ${companies.id}::text, 'description', ${companies.name},
        'tags', ${companies.tags} || jsonb_build_object('uid', ${companies.id}::text))
        || ${products()}::jsonb)`,
    })
    .where(
      and(
        eq(companies.id, companyId),
        isNull(companies.codatCompanyId),
        isNull(companies.codatDeletedAt),
        or(isNull(companies.provisionLeaseUntil), lt(companies.provisionLeaseUntil, sql`now()`)),
      ),
    )
    .returning({
      id: companies.id,
      attempts: companies.provisionAttempts,
      mayExist,
      key: companies.provisionKey,
      body: companies.provisionBody,
    });
  if (claimed?.key && claimed.body) return { ...claimed, key: claimed.key, body: claimed.body };
  const [company] = await db
    .select({ codatCompanyId: companies.codatCompanyId, deletedAt: companies.codatDeletedAt })
    .from(companies)
    .where(eq(companies.id, companyId));
  return company?.codatCompanyId || company?.deletedAt ? 'ready' : 'busy';
}

/** The products that every company is to have, where some are named. */
function products(): string {
  const { CODAT_PRODUCTS } = getEnv();
  return JSON.stringify(CODAT_PRODUCTS.length > 0 ? { products: CODAT_PRODUCTS } : {});
}

/** @returns whether the company at Codat is ours now. */
async function recordCompany(db: Db, claim: Claim, answer: CompanyAnswer): Promise<boolean> {
  const { snapshot, links } = answer;
  const { codatCompanyId, tags } = snapshot;
  const adopted = await db.transaction(async (tx) => {
    const place = await adoptCompany(tx, snapshot, claim.id);
    if (place?.companyId !== claim.id) return place;
    const codatFirstRedirect = links.company ? withoutQuery(links.company) : null;
    await tx.update(companies).set({ codatFirstRedirect, tags }).where(eq(companies.id, claim.id));
    await requeueEventsOf(tx, codatCompanyId);
    // A company that was found rather than made may have connections already.
    if (snapshot.connections.length > 0) await requestRead(tx, claim.id, readDelayMs.soon);
    await rollUpCompanies(tx, [claim.id]);
    await continueBlockedSetups(tx);
    return place;
  });
  await publishChange(db, [claim.id]);
  const { id: companyId, attempts } = claim;
  const isOurs = adopted === null || adopted.companyId === companyId;
  if (isOurs) logger.info({ companyId, codatCompanyId, attempts }, 'company set up at Codat');
  return isOurs;
}

/** Codat replays any recorded answer but 409 and 429 for the same key, so such an answer burns it. */
function burnsKey(error: unknown): boolean {
  return (
    error instanceof CodatError &&
    error.asked &&
    error.kind !== 'unreachable' &&
    error.status !== 409 &&
    error.status !== 429
  );
}

const lasting: Record<number, SetupProblem> = {
  401: 'setupUnauthorized',
  402: 'setupPlanLimit',
  403: 'setupForbidden',
};
/** Passing (409, 429 and the like), or of a wrong address (404): none says anything of the company. */
const notOfTheCompany = [404, 407, 408, 409, 425, 429];

function problemOf(error: unknown): SetupProblem {
  const status = error instanceof CodatError ? error.status : null;
  if (status === null || status < 400 || status >= 500) return 'setupFailing';
  const isRefused = !notOfTheCompany.includes(status);
  return lasting[status] ?? (isRefused ? 'setupRefused' : 'setupFailing');
}

/** What Codat gave as its reason, for staff. */
function saidBy(error: unknown): string | null {
  if (!(error instanceof CodatError) || error.kind !== 'status') return null;
  const said = [error.said, ...error.reasons].filter((text) => text !== null);
  return storableText(withoutSecrets(withoutLinks(said.join(' ')))).slice(0, 500) || null;
}

async function recordFailure(db: Db, claim: Claim, error: unknown): Promise<void> {
  // It had to wait for its turn, which says nothing about the setup.
  if (busyMs(error) !== null) return freeClaim(db, claim, error);
  await db.transaction(async (tx) => {
    await tx
      .update(companies)
      .set({
        provisionProblem: problemOf(error),
        provisionSaid: saidBy(error),
        provisionLeaseUntil: null,
        ...(burnsKey(error) && { provisionKey: null, provisionBody: null }),
      })
      .where(
        and(
          eq(companies.id, claim.id),
          isNull(companies.codatCompanyId),
          eq(companies.provisionKey, claim.key),
        ),
      );
    await rollUpCompanies(tx, [claim.id]);
  });
  await publishChange(db, [claim.id]);
  logger.warn(
    { companyId: claim.id, attempts: claim.attempts, err: error },
    'setting the company up failed',
  );
}

/** Whether another row has just been given the same id. */
function isTaken(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause && cause.code === '23505';
}

async function freeClaim(db: Db, { id, key }: Claim, error: unknown): Promise<void> {
  await db
    .update(companies)
    .set({ provisionLeaseUntil: null })
    .where(and(eq(companies.id, id), eq(companies.provisionKey, key)));
  logger.info({ companyId: id, err: error }, 'setting the company up waits for its turn');
}

function withoutQuery(url: string): string {
  const parsed = new URL(url);
  return parsed.origin + parsed.pathname;
}
