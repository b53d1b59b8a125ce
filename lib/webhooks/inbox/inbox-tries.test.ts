import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { webhookEvents } from '@/db/schema/webhooks';
import { eraseCompany } from '@/lib/companies/erase-company';
import { makeCustomer } from '@/testing/make-customer';
import { makeEvent } from '@/testing/make-event';
import { beginTry, maxAttempts, processInboxBatch } from './process-inbox';
import { requeueMatched } from './requeue-events';

const db = getDb();

async function drain(): Promise<void> {
  while ((await processInboxBatch()) > 0);
}

describe('a try', () => {
  const eventOf = async (webhookId: string) => {
    const [row] = await db
      .select()
      .from(webhookEvents)
      .where(eq(webhookEvents.webhookId, webhookId));
    if (!row) throw new Error('no event');
    return row;
  };
  const endLease = (webhookId: string) =>
    db
      .update(webhookEvents)
      .set({ leaseUntil: new Date(0) })
      .where(eq(webhookEvents.webhookId, webhookId));

  it('counts when it begins, so that an event which ends every process is a dead letter at last', async () => {
    const { webhookId, id } = await makeEvent();
    for (let died = 1; died <= maxAttempts; died += 1) {
      // The process ends after this, whatever it was about to do.
      expect(await beginTry(db, Number(id))).toMatchObject({ attempts: died });
      expect(await eventOf(webhookId)).toMatchObject({ state: 'pending', attempts: died });
      await drain();
      expect(await eventOf(webhookId), 'another process leaves it alone').toMatchObject({
        ...{ state: 'pending', attempts: died },
      });
      await endLease(webhookId);
    }
    await drain();
    const dead = await eventOf(webhookId);
    expect(dead).toMatchObject({
      ...{ state: 'dead', attempts: maxAttempts, leaseUntil: null },
      lastError: 'the process ended during this try',
    });
    expect(dead.trail).toHaveLength(maxAttempts);
  });

  it('is not used up by an event that never had its turn', async () => {
    const events = await Promise.all(Array.from({ length: 5 }, () => makeEvent()));
    // The first ends the process: of the batch it alone has had a try.
    await beginTry(db, Number(events[0]?.id));
    for (const { webhookId } of events.slice(1)) {
      expect(await eventOf(webhookId)).toMatchObject({ attempts: 0 });
    }
    await drain();
    for (const { webhookId } of events.slice(1)) {
      expect(await eventOf(webhookId)).toMatchObject({ state: 'unmatched', attempts: 1 });
    }
  });

  it('that took longer than its lease leaves the event to the process that has begun another', async () => {
    const { webhookId, id } = await makeEvent();
    const slow = await beginTry(db, Number(id));
    await endLease(webhookId);
    await drain();
    expect(slow).toMatchObject({ attempts: 1 });
    expect(await eventOf(webhookId)).toMatchObject({ state: 'unmatched', attempts: 2 });
  });
});

describe('processing an event and erasing its company', () => {
  /** A company that may be erased, with events that are about it. */
  async function makeErasable() {
    const customer = await makeCustomer({ codatDeletedAt: new Date() });
    const { companyId, codatCompanyId } = customer;
    const connectionId = crypto.randomUUID();
    await db.insert(connections).values({
      ...{ id: connectionId, companyId, platformName: 'Xero', sourceType: 'Accounting' },
      status: 'Linked',
    });
    const payload = { payload: { connection: { id: connectionId, status: 'Deauthorized' } } };
    for (let i = 0; i < 6; i += 1) await makeEvent({ codatCompanyId, payload });
    return customer;
  }

  const isSomebodyWaiting = async () => {
    const { rows } = await db.execute(sql`
      select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
    return rows.length > 0;
  };

  it('take the company first', async () => {
    const { companyId, codatCompanyId } = await makeErasable();
    const processing = await db.transaction(async (tx) => {
      await tx.select().from(companies).where(eq(companies.id, companyId)).for('update');
      const running = processInboxBatch();
      await expect.poll(isSomebodyWaiting).toBe(true);
      // What erases takes the events now, which nobody holds.
      await tx.execute(sql`
        select from webhook_events where codat_company_id = ${codatCompanyId} for update nowait`);
      return { running };
    });
    await processing.running;
  });

  it('never wait for each other in a circle', async () => {
    const rounds = Array.from({ length: 25 }, async () => {
      const { companyId, codatCompanyId } = await makeErasable();
      const about = eq(webhookEvents.codatCompanyId, codatCompanyId);
      await db.update(webhookEvents).set({ companyId }).where(about);
      await Promise.all([
        processInboxBatch(),
        requeueMatched(db),
        eraseCompany({ kind: 'command', name: 'erase' }, companyId),
        processInboxBatch(),
      ]);
      expect(await db.$count(webhookEvents, about)).toBe(0);
    });
    await Promise.all(rounds);
    const failed = await db
      .select({ error: webhookEvents.lastError })
      .from(webhookEvents)
      .where(sql`last_error like '%deadlock%'`);
    expect(failed).toEqual([]);
  });
});
