import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { webhookIds } from '@/db/schema/webhooks';
import { makeCustomer, makeOperator } from '@/testing/make-customer';
import { makeEvent } from '@/testing/make-event';
import { countEvents, listEventTypes } from './event-filter';
import { listEvents } from './list-events';
import { eventListSchema } from './schemas';

const support = await makeOperator('support');
const list = (values: Record<string, unknown>) =>
  listEvents(support, eventListSchema.parse(values));
const idsOf = async (values: Record<string, unknown>) =>
  (await list(values)).rows.map(({ id }) => id);

describe('listEvents', () => {
  it('pages both ways without gaps or repeats, also through one and the same instant', async () => {
    const codatCompanyId = crypto.randomUUID();
    const receivedAt = new Date('2026-03-01T12:00:00Z');
    const made: string[] = [];
    for (let i = 0; i < 60; i += 1) {
      made.unshift((await makeEvent({ codatCompanyId, receivedAt })).id);
    }
    const pages = [await list({ company: codatCompanyId })];
    for (let last = pages[0]; last?.after; last = pages.at(-1)) {
      pages.push(await list({ company: codatCompanyId, after: last.after }));
    }
    expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(made);
    const middle = await list({ company: codatCompanyId, before: pages[2]?.before ?? '' });
    expect(middle.rows).toEqual(pages[1]?.rows);
    const first = await list({ company: codatCompanyId, before: middle.before ?? '' });
    expect(first.rows).toEqual(pages[0]?.rows);
    expect(first).toMatchObject({ before: null, after: expect.any(String) });
  });

  it('keeps the microseconds of a place', async () => {
    const codatCompanyId = crypto.randomUUID();
    const ids = [];
    for (const micros of [900, 100, 500, 300, 700]) {
      const receivedAt = sql`'2026-03-01T12:00:00Z'::timestamptz + ${micros} * interval '1 microsecond'`;
      const { id } = await makeEvent({ codatCompanyId, receivedAt: receivedAt as never });
      ids.push({ id, micros });
    }
    const wanted = ids.sort((a, b) => b.micros - a.micros).map(({ id }) => id);
    const input = eventListSchema.parse({ company: codatCompanyId });
    const first = await listEvents(support, input, 2);
    const second = await listEvents(support, { ...input, after: first.after ?? '' }, 2);
    const third = await listEvents(support, { ...input, after: second.after ?? '' }, 2);
    const found = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(found).toEqual(wanted);
  });

  it('keeps the place of a reader while events come in, and counts those', async () => {
    const codatCompanyId = crypto.randomUUID();
    const seen = [await makeEvent({ codatCompanyId }), await makeEvent({ codatCompanyId })];
    const { top } = await list({ company: codatCompanyId });
    await makeEvent({ codatCompanyId });
    const later = await list({ company: codatCompanyId, top });
    expect(later.rows.map(({ id }) => id)).toEqual([seen[1]?.id, seen[0]?.id]);
    expect(later.newer).toBe(1);
    expect((await list({ company: codatCompanyId })).rows).toHaveLength(3);
  });

  it('filters by state, type, id, time, and either id of a company', async () => {
    const { companyId, codatCompanyId } = await makeCustomer();
    const eventType = `test.${crypto.randomUUID()}`;
    const at = (time: string) => new Date(`2026-04-0${time}Z`);
    const early = await makeEvent({ codatCompanyId, receivedAt: at('1T10:00:30.5') });
    const dead = await makeEvent({
      codatCompanyId,
      eventType,
      state: 'dead',
      receivedAt: at('2T10:00:00'),
      lastError: 'too bad',
    });
    expect(await idsOf({ company: companyId.toUpperCase() })).toEqual([dead.id, early.id]);
    expect(await idsOf({ company: codatCompanyId, state: 'dead' })).toEqual([dead.id]);
    expect(await idsOf({ type: eventType })).toEqual([dead.id]);
    expect(await idsOf({ webhook: ` ${early.webhookId} ` })).toEqual([early.id]);
    const company = companyId;
    expect(await idsOf({ company, from: '2026-04-01T10:01' })).toEqual([dead.id]);
    expect(await idsOf({ company, to: '2026-04-01T10:00' })).toEqual([early.id]);
    expect(await idsOf({ company, from: '2026-04-01T10:00', to: '2026-04-02T09:59' })).toEqual([
      early.id,
    ]);
    const sydney = { company, zone: 'Australia/Sydney' };
    expect(await idsOf({ ...sydney, from: '2026-04-01T21:00', to: '2026-04-01T21:00' })).toEqual([
      early.id,
    ]);
    expect((await list({ webhook: dead.webhookId })).rows[0]).toMatchObject({
      company: { id: companyId, name: 'Test Company' },
      codatCompanyId,
      lastError: 'too bad',
      deliveries: 1,
      processedAt: null,
      dueAt: null,
    });
    expect(await listEventTypes()).toContain(eventType);
  });

  it('tells how often an event was delivered', async () => {
    const { webhookId } = await makeEvent();
    await getDb()
      .update(webhookIds)
      .set({ deliveries: 4 })
      .where(eq(webhookIds.webhookId, webhookId));
    expect((await list({ webhook: webhookId })).rows[0]?.deliveries).toBe(4);
  });

  it('survives rubbish in the URL', async () => {
    for (const rubbish of ['', 'x', '1', '1.x', "1.1'--", '9'.repeat(40), ['1.1', '2.2'], 'é.é']) {
      const all = { after: rubbish, top: rubbish, state: rubbish, from: rubbish, to: rubbish };
      expect((await list({ ...all, type: 'none.such', company: '\u0000' })).rows).toEqual([]);
    }
    const huge = `${'9'.repeat(16)}.${'9'.repeat(18)}`;
    expect((await list({ before: huge })).rows).toEqual([]);
    expect((await list({ after: huge })).rows.length).toBeGreaterThan(0);
    expect((await list({ from: '2026-02-31T00:00' })).rows.length).toBeGreaterThan(0);
  });

  it('is only for staff', async () => {
    const { actor } = await makeCustomer();
    const input = eventListSchema.parse({});
    await expect(listEvents(actor, input)).rejects.toMatchObject({ code: 'not-found' });
    await expect(countEvents(actor, input)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('countEvents', () => {
  const codatCompanyId = crypto.randomUUID();
  beforeAll(async () => {
    for (const state of ['dead', 'dead', 'pending', 'processed'] as const) {
      await makeEvent({ codatCompanyId, state });
    }
  });

  it('counts each state of what matches', async () => {
    const filter = eventListSchema.parse({ company: codatCompanyId });
    expect(await countEvents(support, filter)).toEqual({
      dead: 2,
      pending: 1,
      unmatched: 0,
      ignored: 0,
      processed: 1,
      settled: 0,
    });
  });
});
