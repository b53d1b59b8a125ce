import 'server-only';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { linkSessions } from '@/db/schema/connections';
import { type Actor, companyIdsOf } from '@/lib/actor';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { listFamily } from '@/lib/connections/get-connections';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { withDeadline } from '@/lib/runtime/with-deadline';
import { storableText } from '@/lib/storable-text';
import { readCompany } from '@/lib/sync/read-company';
import { beginRead } from '@/lib/sync/read-ticket';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import {
  type Consumed,
  consumeOpen,
  consumeState,
  isOpen,
  type ReturnQuery,
} from './consume-session';

/** The person sees a blank page while this runs; the next page says what is uncertain. */
const readBudgetMs = 4000;

const againAfterMs = 15_000;

/**
 * Records a person's return from Hosted Link: uses their `state`, records what the query claims, and
 * reads the company from Codat, at once or, for one who returns very often, in the background. Codat
 * documents no parameter of ours on a connection's Link URL: a return without any `state` is taken for the
 * person's newest hand-off that is still open.
 * @returns the link session whose outcome to show; null when the `state` is forged, someone else's or too
 * old, or is missing and nothing is open. A used `state` leads to its outcome again and changes nothing.
 */
export async function recordReturn(actor: Actor, query: ReturnQuery): Promise<string | null> {
  const theirs = and(eq(linkSessions.startedAs, 'member'), eq(linkSessions.userId, actor.userId));
  const session = query.state
    ? await consumeState(query, theirs)
    : await consumeOpen(query, actor, theirs);
  await followUp(query, session, actor);
  return session?.id ?? null;
}

/**
 * The same for a person who left by a link that staff copied. Only its `state` is known: they may have
 * no account, or be signed in as someone else.
 */
export async function recordCopiedReturn(
  query: ReturnQuery,
): Promise<{ linkSessionId: string; companyId: string } | null> {
  const session = await consumeState(query, eq(linkSessions.startedAs, 'staff'));
  if (session) await followUp(query, session, null);
  return session && { linkSessionId: session.id, companyId: session.companyId };
}

/**
 * Whether a return without a `state` may be that of a link which staff copied: its visitor may have no
 * account to sign in to. Nothing is recorded, since anyone can say which company it is.
 */
export async function mayHaveLostState({ state, companyId }: ReturnQuery): Promise<boolean> {
  if (state || !companyId) return false;
  const [open] = await getDb()
    .select({ id: linkSessions.id })
    .from(linkSessions)
    .innerJoin(companies, eq(companies.id, linkSessions.companyId))
    .where(
      and(
        eq(companies.codatCompanyId, storableText(companyId)),
        eq(linkSessions.startedAs, 'staff'),
        isOpen,
        sql`${linkSessions.expiresAt} > now()`,
      ),
    )
    .limit(1);
  return open !== undefined;
}

/** Null: someone who left by a link that staff copied. */
type Visitor = Actor | null;

/** Counts a return, and has Codat confirm one that was not known before. */
async function followUp(
  query: ReturnQuery,
  used: Consumed | null,
  visitor: Visitor,
): Promise<void> {
  if (!used) return countReturn('stranger');
  if (!used.isNew) return countReturn('again');
  countReturn(query.statusCode ?? 'none');
  if (await readInTime(used.companyId, visitor)) {
    await getDb().update(linkSessions).set({ verified: true }).where(eq(linkSessions.id, used.id));
    if (query.statusCode === '200') await askAgainUnlessLinked(used.companyId, query.connectionId);
  }
}

/** Codat may know a connection a moment later than its pages, and no page may wait for nothing. */
async function askAgainUnlessLinked(companyId: string, connectionId: string | null): Promise<void> {
  const present = await listFamily(companyId);
  if (present.some(({ id, status }) => id === connectionId && status === 'Linked')) return;
  await requestRead(getDb(), companyId, againAfterMs);
}

const statusCodes = ['200', '201', '403', '500', '501', 'none', 'again', 'stranger'];

function countReturn(outcome: string): void {
  getMetrics().returns.inc({ outcome: statusCodes.includes(outcome) ? outcome : 'other' });
}

/** @returns whether Codat has told; otherwise a read in the background will. */
async function readInTime(companyId: string, visitor: Visitor): Promise<boolean> {
  if (!(await mayRead(companyId, visitor))) {
    await requestRead(getDb(), companyId, readDelayMs.soon);
    return false;
  }
  const ticket = await beginRead(getDb(), companyId);
  if (!ticket) return false;
  const read = readCompany(ticket, 'return', 'person').then(
    () => true,
    (error: unknown) => {
      logger.warn({ companyId, err: error }, 'the read on the way back failed');
      return false;
    },
  );
  return withDeadline(read, readBudgetMs, () => false);
}

/** Which of the actor's companies a return names by its id at Codat: the one to show them again. */
export async function companyNamedBy(
  actor: Actor,
  codatCompanyId: string | null,
): Promise<string | null> {
  if (!codatCompanyId) return null;
  const own = companyIdsOf(actor);
  const [company] = await getDb()
    .select({ id: companies.id })
    .from(companies)
    .where(
      and(eq(companies.codatCompanyId, storableText(codatCompanyId)), inArray(companies.id, own)),
    );
  return company?.id ?? null;
}

/** People who come back very often have what came with them recorded, and read a little later. */
async function mayRead(companyId: string, visitor: Visitor): Promise<boolean> {
  // Those without a name count together, for each company.
  const person = visitor ?? { userId: `copied:${companyId}` };
  try {
    await countPersonCall(person, { kind: 'return', companyId });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'throttled') return false;
    throw error;
  }
}
