import 'server-only';
import { and, asc, eq, sql } from 'drizzle-orm';
import { type Db, getDb, type Tx } from '@/db/client';
import { webhookEvents } from '@/db/schema/webhooks';
import { publishChange } from '@/lib/live/publish';
import { logger, withLogContext, withoutSecrets } from '@/lib/runtime/logger';
import { withSpan } from '@/lib/runtime/span';
import { storableText } from '@/lib/storable-text';
import { applyEvent, type StoredEvent } from './apply-event';
import { countEvent } from './count-event';
import { longerTrail, putBackTrail } from './event-trail';

const batchSize = 100;
/** Tries before an event waits for an admin as a dead letter. */
export const maxAttempts = 8;

/**
 * Applies one batch of due events, each in its own transaction, which locks its row: other processes
 * skip it, and a crash releases it at once. Tells open pages once. A failed event comes back after 2 s,
 * doubling up to 10 minutes, and delays no other.
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

const isDue = and(eq(webhookEvents.state, 'pending'), sql`${webhookEvents.dueAt} <= now()`);

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
  let event: Taken | undefined;
  try {
    const applied = await db.transaction(async (tx) => {
      event = await takeEvent(tx, id);
      if (!event) return null;
      const { state, companyId } = await applyEvent(tx, event);
      await tx
        .update(webhookEvents)
        .set({
          ...{ state, companyId, lastError: null, processedAt: sql`now()` },
          attempts: event.attempts + 1,
        })
        .where(eq(webhookEvents.id, id));
      return { state, companyId };
    });
    if (!applied || !event) return 'passed';
    countEvent(event, applied.state);
    return { companyId: applied.companyId };
  } catch (error) {
    // Without an event it was the database that failed.
    if (!event) throw error;
    await recordFailure(db, event, error);
    return { companyId: null };
  }
}

async function takeEvent(tx: Tx, id: number): Promise<Taken | undefined> {
  const [event] = await tx
    .select({
      id: webhookEvents.id,
      webhookId: webhookEvents.webhookId,
      eventType: webhookEvents.eventType,
      codatCompanyId: webhookEvents.codatCompanyId,
      generatedAt: webhookEvents.generatedAt,
      receivedAt: webhookEvents.receivedAt,
      token: webhookEvents.token,
      payload: webhookEvents.payload,
      attempts: webhookEvents.attempts,
    })
    .from(webhookEvents)
    .where(and(eq(webhookEvents.id, id), isDue))
    .for('update', { skipLocked: true });
  return event;
}

async function recordFailure(db: Db, event: Taken, error: unknown): Promise<void> {
  const attempts = event.attempts + 1;
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
      attempts,
      dueAt: sql`now() + ${delaySeconds} * interval '1 second'`,
      lastError,
      trail: longerTrail(sql`jsonb_build_object('kind', 'failed', 'at', now(),
        'attempt', ${attempts}::int, 'error', ${lastError}::text)`),
    })
    .where(and(eq(webhookEvents.id, event.id), isDue, eq(webhookEvents.attempts, event.attempts)));
}

/** Puts events back whose company has become known since they were set aside. */
export async function requeueMatched(db: Db): Promise<void> {
  await db.execute(sql`
    update webhook_events set state = 'pending', due_at = now(), trail = ${putBackTrail(null)}
    where state = 'unmatched' and exists (
      select from companies where companies.codat_company_id = webhook_events.codat_company_id)`);
}
