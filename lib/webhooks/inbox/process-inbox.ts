import 'server-only';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Db, getDb } from '@/db/client';
import { webhookEvents } from '@/db/schema/webhooks';
import { publishChange } from '@/lib/live/publish';
import { logger, withLogContext, withoutSecrets } from '@/lib/runtime/logger';
import { withSpan } from '@/lib/runtime/span';
import { storableText } from '@/lib/storable-text';
import { applyEvent, type StoredEvent } from './apply-event';
import { countEvent } from './count-event';
import { longerTrail, putBackTrail } from './event-trail';

const batchSize = 100;
/** A claimed event whose process died is claimed again after this. */
const leaseSeconds = 15;
/** Tries before an event waits for an admin as a dead letter. */
export const maxAttempts = 8;

/**
 * Claims and applies one batch of due events, each in its own transaction, and tells open
 * pages once. A failed event comes back after 2 s, doubling up to 10 minutes, and delays no other.
 * @returns how many events were claimed.
 */
export async function processInboxBatch(): Promise<number> {
  const db = getDb();
  const claimed = await claimEvents(db);
  const changed = new Set<string>();
  for (const event of claimed) {
    const { webhookId } = event;
    const companyId = await withLogContext({ webhookId }, () =>
      withSpan('webhook process', () => processEvent(db, event)),
    );
    if (companyId) changed.add(companyId);
  }
  if (changed.size > 0) await publishChange(db, [...changed]);
  return claimed.length;
}

type Claimed = StoredEvent & { attempts: number };

async function claimEvents(db: Db): Promise<Claimed[]> {
  const due = db
    .select({ id: webhookEvents.id })
    .from(webhookEvents)
    .where(and(eq(webhookEvents.state, 'pending'), sql`${webhookEvents.dueAt} <= now()`))
    .orderBy(webhookEvents.dueAt, webhookEvents.id)
    .limit(batchSize)
    .for('update', { skipLocked: true });
  const rows = await db
    .update(webhookEvents)
    .set({
      attempts: sql`${webhookEvents.attempts} + 1`,
      dueAt: sql`now() + ${leaseSeconds} * interval '1 second'`,
    })
    .where(inArray(webhookEvents.id, due))
    .returning({
      id: webhookEvents.id,
      webhookId: webhookEvents.webhookId,
      eventType: webhookEvents.eventType,
      codatCompanyId: webhookEvents.codatCompanyId,
      generatedAt: webhookEvents.generatedAt,
      receivedAt: webhookEvents.receivedAt,
      payload: webhookEvents.payload,
      attempts: webhookEvents.attempts,
    });
  return rows.sort((a, b) => a.id - b.id);
}

/** @returns the company whose pages should look again, if one. */
async function processEvent(db: Db, event: Claimed): Promise<string | null> {
  try {
    const applied = await db.transaction(async (tx) => {
      // Still ours? Another process may have taken it over after our lease ran out.
      const [row] = await tx
        .select({ state: webhookEvents.state, attempts: webhookEvents.attempts })
        .from(webhookEvents)
        .where(eq(webhookEvents.id, event.id))
        .for('update');
      if (row?.state !== 'pending' || row.attempts !== event.attempts) return null;
      const { state, companyId } = await applyEvent(tx, event);
      await tx
        .update(webhookEvents)
        .set({ state, companyId, processedAt: sql`now()`, lastError: null })
        .where(eq(webhookEvents.id, event.id));
      return { state, companyId };
    });
    if (!applied) return null;
    countEvent(event, applied.state);
    return applied.companyId;
  } catch (error) {
    await recordFailure(db, event, error);
    return null;
  }
}

async function recordFailure(db: Db, event: Claimed, error: unknown): Promise<void> {
  const dead = event.attempts >= maxAttempts;
  const delaySeconds = Math.min(600, 2 ** event.attempts);
  countEvent(event, dead ? 'dead' : 'failed');
  logger[dead ? 'error' : 'warn'](
    {
      webhookId: event.webhookId,
      eventType: event.eventType,
      attempts: event.attempts,
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
      lastError,
      trail: longerTrail(sql`jsonb_build_object('kind', 'failed', 'at', now(),
        'attempt', ${event.attempts}::int, 'error', ${lastError}::text)`),
    })
    .where(and(eq(webhookEvents.id, event.id), eq(webhookEvents.attempts, event.attempts)));
}

/** Puts events back whose company has become known since they were set aside. */
export async function requeueMatched(db: Db): Promise<void> {
  await db.execute(sql`
    update webhook_events set state = 'pending', due_at = now(), trail = ${putBackTrail(null)}
    where state = 'unmatched' and exists (
      select from companies where companies.codat_company_id = webhook_events.codat_company_id)`);
}
