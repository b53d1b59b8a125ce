import { and, eq, inArray, like, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { webhookEvents } from '@/db/schema/webhooks';
import { processInboxBatch } from '@/lib/webhooks/inbox/process-inbox';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { makeEvent } from '@/testing/make-event';
import { type Chosen, mostAtOnce } from './chosen-events';
import { getEventDetail } from './event-detail';
import { reprocessEvents } from './reprocess-events';
import { eventFilterSchema } from './schemas';

const db = getDb();
const admin = await makeOperator('admin');
const context = { ...noContext, requestId: 'r-7', ipAddress: '203.0.113.9' };
const reprocess = (chosen: Chosen, actor = admin) => reprocessEvents(actor, chosen, context);
const deadMatching = (values: Record<string, string>) => ({
  deadMatching: eventFilterSchema.parse(values),
});

async function rowOf(id: string) {
  const [row] = await db
    .select()
    .from(webhookEvents)
    .where(eq(webhookEvents.id, Number(id)));
  return row;
}

async function drain(): Promise<void> {
  while ((await processInboxBatch()) > 0);
}

const told = (subject: string) =>
  db.select().from(auditEntries).where(eq(auditEntries.subject, subject));

describe('reprocessEvents', () => {
  it('puts an event back, has it processed, and tells who did', async () => {
    const { companyId, codatCompanyId } = await makeCustomer();
    const processedAt = new Date('2026-03-01T12:00:01Z');
    const { id, webhookId } = await makeEvent({
      companyId,
      codatCompanyId,
      eventType: 'company.created',
      state: 'dead',
      attempts: 8,
      lastError: 'was broken',
      processedAt,
    });
    expect(await reprocess({ ids: [id] })).toEqual({ count: 1, left: false });
    expect(await rowOf(id)).toMatchObject({ state: 'pending', attempts: 0, processedAt: null });
    await drain();
    expect(await rowOf(id)).toMatchObject({ state: 'processed', attempts: 1, lastError: null });
    expect(await told(webhookId)).toMatchObject([
      {
        action: 'webhook.reprocess',
        actorName: admin.email,
        companyId,
        detail: { count: 1, ids: id },
        requestId: 'r-7',
        ipAddress: '203.0.113.9',
      },
    ]);
    const { steps } = (await getEventDetail(admin, id)) ?? {};
    expect(steps?.map(({ kind }) => kind)).toEqual(['received', 'verified', 'again', 'processed']);
    expect(steps?.[2]).toMatchObject({ by: admin.email, from: 'dead' });
  });

  it('does it once for two people who press at the same moment', async () => {
    const other = await makeOperator('admin');
    const eventType = `test.${crypto.randomUUID()}`;
    for (let i = 0; i < 30; i += 1) await makeEvent({ eventType, state: 'dead' });
    const chosen = deadMatching({ type: eventType });
    const results = await Promise.allSettled([
      reprocess(chosen),
      reprocess(chosen, other),
      reprocess(chosen),
    ]);
    const done = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value.count] : []));
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(30);
    for (const one of results) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' });
    }
    const trails = await db
      .select({ trail: webhookEvents.trail })
      .from(webhookEvents)
      .where(eq(webhookEvents.eventType, eventType));
    expect(trails.every(({ trail }) => trail.length === 1)).toBe(true);
    await db.delete(webhookEvents).where(eq(webhookEvents.eventType, eventType));
  });

  it('changes nothing about waiting or missing events', async () => {
    const waiting = await makeEvent({ dueAt: new Date('2999-01-01'), attempts: 3 });
    const chosen = { ids: [waiting.id, '999999999999'] };
    await expect(reprocess(chosen)).rejects.toMatchObject({ code: 'conflict' });
    expect(await rowOf(waiting.id)).toMatchObject({ attempts: 3, trail: [] });
    await db.delete(webhookEvents).where(eq(webhookEvents.id, Number(waiting.id)));
  });

  it('takes only dead letters by a filter', async () => {
    const { codatCompanyId } = await makeCustomer();
    const [dead, ignored, other] = [
      await makeEvent({ codatCompanyId, state: 'dead' }),
      await makeEvent({ codatCompanyId, state: 'ignored' }),
      await makeEvent({ state: 'dead' }),
    ];
    expect(await reprocess(deadMatching({ company: codatCompanyId }))).toMatchObject({ count: 1 });
    expect((await rowOf(dead.id))?.state).toBe('pending');
    expect((await rowOf(ignored.id))?.state).toBe('ignored');
    expect((await rowOf(other.id))?.state).toBe('dead');
    const [entry] = await told(dead.webhookId);
    expect(entry?.detail).toEqual({
      state: 'dead',
      company: codatCompanyId,
      count: 1,
      ids: dead.id,
    });
    await drain();
  });

  it('lets a great number fall due bit by bit, oldest first, up to a bound', async () => {
    const all = like(webhookEvents.webhookId, 'many-%');
    await db.execute(sql`
      insert into webhook_events (webhook_id, event_type, received_at, state, payload)
      select 'many-' || n, 'test.many', now() - n * interval '1 second', 'dead', '{}'
      from generate_series(1, ${mostAtOnce + 5}) as n`);
    const startedAt = performance.now();
    expect(await reprocess(deadMatching({ type: 'test.many' }))).toEqual({
      count: mostAtOnce,
      left: true,
    });
    expect(performance.now() - startedAt).toBeLessThan(7000);
    const due = await db
      .select({ at: webhookEvents.dueAt, webhookId: webhookEvents.webhookId })
      .from(webhookEvents)
      .where(and(all, eq(webhookEvents.state, 'pending')))
      .orderBy(webhookEvents.dueAt);
    const seconds = new Map<number, number>();
    for (const { at } of due) seconds.set(at.getTime(), (seconds.get(at.getTime()) ?? 0) + 1);
    expect(Math.max(...seconds.values())).toBeLessThanOrEqual(50);
    expect(seconds.size).toBeGreaterThanOrEqual(mostAtOnce / 50);
    const first = due.slice(0, 50).map(({ webhookId }) => webhookId);
    expect(first).toContain(`many-${mostAtOnce + 5}`);
    const [entry] = await db
      .select({ detail: auditEntries.detail })
      .from(auditEntries)
      .where(sql`${auditEntries.detail} ->> 'type' = 'test.many'`);
    expect(entry?.detail).toMatchObject({ count: mostAtOnce });
    expect(String(entry?.detail.ids).split(' ')).toHaveLength(50);
    await db.delete(webhookEvents).where(all);
  });

  it('keeps the last fifty of what happened', async () => {
    const { id } = await makeEvent({ state: 'ignored' });
    for (let i = 0; i < 52; i += 1) {
      const actor = i % 2 ? admin : await makeOperator('admin');
      await reprocess({ ids: [id] }, actor);
      const done = { state: 'ignored' as const, processedAt: new Date() };
      await db
        .update(webhookEvents)
        .set(done)
        .where(eq(webhookEvents.id, Number(id)));
    }
    expect((await rowOf(id))?.trail).toHaveLength(50);
  });

  it('needs the permission, and is limited', async () => {
    const { id } = await makeEvent({ state: 'dead' });
    const { actor: customer } = await makeCustomer();
    for (const who of [await makeOperator('support'), await makeOperator('auditor'), customer]) {
      await expect(reprocess({ ids: [id] }, who)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    expect((await rowOf(id))?.state).toBe('dead');
    const keen = await makeOperator('admin');
    const codes: string[] = [];
    for (let i = 0; i < 61; i += 1) {
      await reprocess({ ids: ['999999999999'] }, keen).catch(({ code }) => codes.push(code));
    }
    expect(codes.slice(0, 60).every((code) => code === 'conflict')).toBe(true);
    expect(codes[60]).toBe('throttled');
  });
});

describe('getEventDetail', () => {
  it('tells the whole story of an event, its payload masked', async () => {
    const { id } = await makeEvent({
      eventId: 'ba29118f-5406-4e59-b05c-ba307ca38d01',
      state: 'unmatched',
      processedAt: new Date('2026-03-01T12:00:05Z'),
      generatedAt: new Date('2026-03-01T11:59:59Z'),
      receivedAt: new Date('2026-03-01T12:00:00Z'),
      verifiedAt: new Date('2026-03-01T12:00:00.012Z'),
      trail: [{ kind: 'failed', at: '2026-03-01T12:00:01Z', attempt: 1, error: 'oh no' }],
      payload: { eventType: 'x', payload: { secret: 'hunter2', connection: { status: 'Linked' } } },
    });
    const detail = await getEventDetail(admin, id);
    expect(detail?.payload).toContain('"status": "Linked"');
    expect(detail?.payload).not.toContain('hunter2');
    expect(detail?.steps.map(({ kind }) => kind)).toEqual([
      'generated',
      'received',
      'verified',
      'failed',
      'unmatched',
    ]);
  });

  it('is null for a missing event, and only for staff', async () => {
    for (const id of ['0', '999999999999', '-1', '1e3', 'x', '', '9'.repeat(30)]) {
      expect(await getEventDetail(admin, id)).toBeNull();
    }
    const { id } = await makeEvent();
    const { actor } = await makeCustomer();
    await expect(getEventDetail(actor, id)).rejects.toMatchObject({ code: 'not-found' });
    await db.delete(webhookEvents).where(inArray(webhookEvents.id, [Number(id)]));
  });
});
