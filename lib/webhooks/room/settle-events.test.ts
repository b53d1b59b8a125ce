import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { webhookEvents } from '@/db/schema/webhooks';
import { readTables } from '@/lib/operations/metrics/read-figures';
import { processInboxBatch } from '@/lib/webhooks/inbox/process-inbox';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { makeEvent } from '@/testing/make-event';
import type { Chosen } from './chosen-events';
import { listDeadGroups } from './dead-groups';
import { getEventDetail } from './event-detail';
import { countEvents } from './event-filter';
import { listEvents } from './list-events';
import { reprocessEvents } from './reprocess-events';
import { eventFilterSchema, eventListSchema, settleSchema } from './schemas';
import { settleEvents } from './settle-events';

const db = getDb();
const admin = await makeOperator('admin');
const reason = 'Codat’s fault, ticket 4711';
const settle = (chosen: Chosen, actor = admin) => settleEvents(actor, chosen, reason, noContext);
const filter = (values: Record<string, string>) => eventFilterSchema.parse(values);
const newType = () => `test.${crypto.randomUUID()}`;

async function stateOf(id: string): Promise<string | undefined> {
  const [row] = await db
    .select({ state: webhookEvents.state })
    .from(webhookEvents)
    .where(eq(webhookEvents.id, Number(id)));
  return row?.state;
}

describe('settleEvents', () => {
  it('ends the alarm about a dead letter, and says by whom and why', async () => {
    const before = (await readTables(db)).dead;
    const { id, webhookId } = await makeEvent({ state: 'dead', lastError: 'broken' });
    expect((await readTables(db)).dead).toBe(before + 1);
    expect(await settle({ ids: [id] })).toEqual({ count: 1, left: false });
    expect((await readTables(db)).dead).toBe(before);
    const detail = await getEventDetail(admin, id);
    expect(detail).toMatchObject({ state: 'settled', lastError: 'broken' });
    expect(detail?.steps.at(-1)).toMatchObject({ kind: 'settled', by: admin.email, reason });
    const told = await db.select().from(auditEntries).where(eq(auditEntries.subject, webhookId));
    expect(told).toMatchObject([
      { action: 'webhook.settle', actorName: admin.email, detail: { reason, count: 1, ids: id } },
    ]);
  });

  it('is undone by a retry', async () => {
    const { companyId, codatCompanyId } = await makeCustomer();
    const eventType = 'company.created';
    const { id } = await makeEvent({ companyId, codatCompanyId, eventType, state: 'dead' });
    await settle({ ids: [id] });
    await reprocessEvents(admin, { ids: [id] }, noContext);
    // Other tests may have left events that it would wait for.
    await db
      .update(webhookEvents)
      .set({ dueAt: sql`now()` })
      .where(eq(webhookEvents.id, Number(id)));
    while ((await processInboxBatch()) > 0);
    expect(await stateOf(id)).toBe('processed');
    const steps = (await getEventDetail(admin, id))?.steps.map(({ kind }) => kind);
    expect(steps).toEqual(['received', 'verified', 'settled', 'again', 'processed']);
  });

  it('takes only dead letters, and only from those who may', async () => {
    const { id } = await makeEvent({ state: 'processed' });
    await expect(settle({ ids: [id] })).rejects.toMatchObject({ messageKey: 'nothingToSettle' });
    const { id: dead } = await makeEvent({ state: 'dead' });
    for (const role of ['support', 'auditor'] as const) {
      const other = await makeOperator(role);
      await expect(settle({ ids: [dead] }, other)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    const { actor } = await makeCustomer();
    await expect(settle({ ids: [dead] }, actor)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(settle({ ids: [] })).rejects.toMatchObject({ code: 'invalid' });
    expect(await stateOf(dead)).toBe('dead');
  });

  it('settles each once for two people who press at the same moment', async () => {
    const other = await makeOperator('admin');
    const type = newType();
    for (let i = 0; i < 20; i += 1) await makeEvent({ eventType: type, state: 'dead' });
    const chosen = { deadMatching: filter({ type }) };
    const results = await Promise.allSettled([settle(chosen), settle(chosen, other)]);
    const counts = results.map((one) => (one.status === 'fulfilled' ? one.value.count : 0));
    expect(counts.sort((a, b) => a - b)).toEqual([0, 20]);
  });

  it('wants a reason', () => {
    expect(settleSchema.safeParse({ event: '1', reason: '  ' }).success).toBe(false);
    expect(settleSchema.parse({ event: ['1', '2'], reason: ' why ' })).toEqual({
      reason: 'why',
      chosen: { ids: ['1', '2'] },
    });
  });
});

describe('listDeadGroups', () => {
  it('makes one group of what failed for one reason, whatever ids and numbers it names', async () => {
    const type = newType();
    const bury = (lastError: string, eventType = type) =>
      makeEvent({ eventType, state: 'dead', lastError });
    for (let i = 0; i < 15; i += 1) await bury(`row ${i} of ${crypto.randomUUID()} is gone`);
    const { id: apart } = await bury('quite another');
    const groups = await listDeadGroups(admin, filter({ type }));
    expect(groups.map(({ count, error }) => [count, error.replace(/[\d-].* is/, '… is')])).toEqual([
      [15, 'row … is gone'],
      [1, 'quite another'],
    ]);

    const [{ cause } = { cause: '' }] = groups;
    const list = eventListSchema.parse({ type, cause, state: 'dead' });
    expect((await listEvents(admin, list)).rows).toHaveLength(15);
    expect(await countEvents(admin, filter({ type, cause }))).toMatchObject({
      dead: 15,
      settled: 0,
    });
    expect(await settle({ deadMatching: filter({ type, cause }) })).toMatchObject({ count: 15 });
    expect(await listDeadGroups(admin, filter({ type }))).toMatchObject([{ count: 1 }]);
    expect(await countEvents(admin, filter({ type, cause }))).toMatchObject({
      dead: 0,
      settled: 15,
    });
    expect(await stateOf(apart)).toBe('dead');
    await reprocessEvents(admin, { deadMatching: filter({ type }) }, noContext);
    expect(await listDeadGroups(admin, filter({ type }))).toEqual([]);
  });

  it('is for staff only', async () => {
    const { actor } = await makeCustomer();
    await expect(listDeadGroups(actor, filter({}))).rejects.toMatchObject({ code: 'not-found' });
  });
});
