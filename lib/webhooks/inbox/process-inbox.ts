import 'server-only';
import { and, asc, eq, sql } from 'drizzle-orm';
import { type Db, getDb, type Tx } from '@/db/client';
import { webhookEvents } from '@/db/schema/webhooks';
import { publishChange } from '@/lib/live/publish';
import { logger, withLogContext, withoutSecrets } from '@/lib/runtime/logger';
import { withSpan } from '@/lib/runtime/span';
import { storableText } from '@/lib/storable-text';
import { applyEvent, holdCompany, type StoredEvent } from './apply-event';
import { countEvent } from './count-event';
import { failedTrail } from './event-trail';

const batchSize = 100;
/** Tries before an event waits for an admin as a dead letter. */
export const maxAttempts = 8;
/** From the count of a try to the lock on its row, which then keeps other processes away. */
const leaseSeconds = 10;

/**
 * Applies one batch of due events, each in its own transaction. A try is counted and committed when it
 * begins, so that an event which ends its process is a dead letter after as many tries as any other.
 * Tells open pages once. A failed event comes back after 2 s, doubling up to 10 minutes, and delays no
 * other.
 * @returns how many events were taken.
 */
export async function processInboxBatch(): Promise<number> {
  const db = getDb();
  const changed = new Set<string>();
  let taken = 0;
  for (const { id, webhookId } of await listDue(db)) {
    const outcome = await withLogContext({ webhookId }, () =>
      withSpan('webhook process', () => processEvent(db, id)),
    );
    if (outcome === 'passed') continue;
    taken += 1;
    if (outcome.companyId) changed.add(outcome.companyId);
  }
  if (changed.size > 0) await publishChange(db, [...changed]);
  return taken;
}

const isDue = sql`state = 'pending' and due_at <= now()
  and (lease_until is null or lease_until < now())`;

async function listDue(db: Db): Promise<{ id: number; webhookId: string }[]> {
  const rows = await db
    .select({ id: webhookEvents.id, webhookId: webhookEvents.webhookId })
    .from(webhookEvents)
    .where(isDue)
    .orderBy(asc(webhookEvents.dueAt), asc(webhookEvents.id))
    .limit(batchSize);
  return rows.sort((a, b) => a.id - b.id);
}

type Taken = StoredEvent & { attempts: number };
/** `companyId`: the company whose pages should look again, if one. */
type Outcome = 'passed' | { companyId: string | null };

async function processEvent(db: Db, id: number): Promise<Outcome> {
  const event = await beginTry(db, id);
  if (event === 'passed') return event;
  if (event === 'dead') return { companyId: null };
  try {
    const applied = await db.transaction(async (tx) => {
      // The company before the event, as everything that takes both does, so that nothing deadlocks.
      const companyId = await holdCompany(tx, event);
      if (!(await holdEvent(tx, event))) return null;
      const state = await applyEvent(tx, event, companyId);
      await tx
        .update(webhookEvents)
        .set({
          state,
          ...{ companyId: state === 'processed' ? companyId : null, lastError: null },
          ...{ leaseUntil: null, processedAt: sql`now()` },
        })
        .where(eq(webhookEvents.id, id));
      return { state, companyId };
    });
    if (!applied) return 'passed';
    countEvent(event, applied.state);
    return { companyId: applied.companyId };
  } catch (error) {
    await recordFailure(db, event, error);
    return { companyId: null };
  }
}

const processEnded = 'the process ended during this try';

/**
 * Counts a try and keeps other processes from the event for a moment. An event whose last try ended with
 * its process is a dead letter now.
 */
export async function beginTry(db: Db, id: number): Promise<Taken | 'dead' | 'passed'> {
  const isLast = sql`attempts >= ${maxAttempts}`;
  const [begun] = await db
    .update(webhookEvents)
    .set({
      state: sql`case when ${isLast} then 'dead' else state end`,
      attempts: sql`case when ${isLast} then attempts else attempts + 1 end`,
      lastError: sql`case when lease_until is null then last_error else ${processEnded} end`,
      trail: sql`case when lease_until is null then trail else ${failedTrail(sql`attempts`, processEnded)} end`,
      leaseUntil: sql`case when ${isLast} then null
        else now() + ${leaseSeconds} * interval '1 second' end`,
    })
    .where(
      sql`id = (select id from webhook_events where id = ${id} and ${isDue} for update skip locked)`,
    )
    .returning({
      id: webhookEvents.id,
      webhookId: webhookEvents.webhookId,
      eventType: webhookEvents.eventType,
      codatCompanyId: webhookEvents.codatCompanyId,
      generatedAt: webhookEvents.generatedAt,
      receivedAt: webhookEvents.receivedAt,
      token: webhookEvents.token,
      payload: webhookEvents.payload,
      attempts: webhookEvents.attempts,
      state: webhookEvents.state,
    });
  if (!begun) return 'passed';
  if (begun.state === 'pending') return begun;
  countEvent(begun, 'dead');
  const { webhookId, eventType, attempts } = begun;
  logger.error(
    { webhookId, eventType, attempts },
    `a webhook event became a dead letter: ${processEnded}`,
  );
  return 'dead';
}

/** Locks the row; false when another process has begun a try since. */
async function holdEvent(tx: Tx, { id, attempts }: Taken): Promise<boolean> {
  const held = await tx
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(
      and(
        eq(webhookEvents.id, id),
        eq(webhookEvents.state, 'pending'),
        eq(webhookEvents.attempts, attempts),
      ),
    )
    .for('update');
  return held.length > 0;
}

async function recordFailure(db: Db, event: Taken, error: unknown): Promise<void> {
  const { attempts } = event;
  const dead = attempts >= maxAttempts;
  const delaySeconds = Math.min(600, 2 ** attempts);
  countEvent(event, dead ? 'dead' : 'failed');
  logger[dead ? 'error' : 'warn'](
    {
      webhookId: event.webhookId,
      eventType: event.eventType,
      attempts,
      err: error,
    },
    dead ? 'a webhook event became a dead letter' : 'a webhook event failed and is tried again',
  );
  const message = error instanceof Error ? error.message : String(error);
  const lastError = storableText(withoutSecrets(message)).slice(0, 500);
  await db
    .update(webhookEvents)
    .set({
      state: dead ? 'dead' : 'pending',
      dueAt: sql`now() + ${delaySeconds} * interval '1 second'`,
      leaseUntil: null,
      lastError,
      trail: failedTrail(sql`${attempts}::int`, lastError),
    })
    .where(
      and(
        eq(webhookEvents.id, event.id),
        eq(webhookEvents.state, 'pending'),
        eq(webhookEvents.attempts, attempts),
      ),
    );
}
