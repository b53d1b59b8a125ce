import { eq, sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { integrations } from '@/db/schema/codat';
import { companies } from '@/db/schema/companies';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import type { Actor } from '@/lib/actor';
import { makeCustomer, makeOperator } from '@/testing/make-customer';
import { listChanges } from './list-changes';
import { listConnections } from './list-connections';
import { changeListSchema, connectionListSchema } from './schemas';

// A status and a platform of this suite's own, so that others' rows are out of sight.
const status = `Suite ${crypto.randomUUID().slice(0, 8)}`;
const platform = 'lsts';
const ago = (days: number) => sql`now() - ${days} * interval '1 day'`;
let staff: Actor;
let customer: Actor;
let ids: string[];

beforeAll(async () => {
  staff = await makeOperator('support');
  const made = await makeCustomer({ name: 'Listed' });
  customer = made.actor;
  const { companyId } = made;
  // 30 of one platform, one a day and two of the same instant, and one of a platform unknown.
  const rows = Array.from({ length: 30 }, (_, i) => ({
    ...{ id: crypto.randomUUID(), companyId, platformKey: platform, platformName: 'Lists', status },
    ...{ sourceType: 'Accounting', statusChangedAt: ago(Math.min(i, 28) + 0.5) },
  }));
  ids = rows.map(({ id }) => id);
  const base = { companyId, platformName: 'Odd', sourceType: 'Accounting', status };
  await getDb()
    .insert(connections)
    .values([
      ...rows,
      { ...base, id: crypto.randomUUID(), platformKey: null, firstKnownAt: ago(2.5) },
      { ...base, id: crypto.randomUUID(), platformKey: platform, removedAt: new Date() },
      { ...base, id: crypto.randomUUID(), platformKey: platform, status: `${status} 2` },
    ]);
});

const list = (query: Record<string, string>) =>
  listConnections(staff, connectionListSchema.parse({ status, ...query }));

it('is only for staff', async () => {
  await expect(
    listConnections(customer, connectionListSchema.parse({ status })),
  ).rejects.toMatchObject({ code: 'not-found' });
  await expect(listChanges(customer, changeListSchema.parse({}))).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('names a logo only where it is held', async () => {
  const before = await list({ platform });
  expect(before.rows[0]?.logoPath).toBeNull();
  const logo = { logo: Buffer.from('png'), logoType: 'image/png' };
  await getDb()
    .insert(integrations)
    .values({ platformKey: platform, name: 'Lists', enabled: true });
  expect((await list({ platform })).rows[0]?.logoPath).toBeNull();
  await getDb().update(integrations).set(logo).where(eq(integrations.platformKey, platform));
  expect((await list({ platform })).rows[0]?.logoPath).toBe(`/api/platforms/${platform}/logo`);
  await getDb().delete(integrations).where(eq(integrations.platformKey, platform));
});

it('lists connections of one status, those that have it for longest first, page by page', async () => {
  const first = await list({ platform });
  expect(first).toMatchObject({ total: 30, before: null, after: expect.any(String) });
  expect(first.rows).toHaveLength(25);
  expect(first.rows[0]).toMatchObject({ platformName: 'Lists', company: { name: 'Listed' } });
  const second = await list({ platform, after: first.after ?? '' });
  expect(second).toMatchObject({ total: 30, after: null, before: expect.any(String) });
  const seen = [...first.rows, ...second.rows];
  expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(ids));
  expect(seen.map(({ since }) => since)).toEqual(seen.map(({ since }) => since).sort());
  const back = await list({ platform, before: second.before ?? '' });
  expect(back.rows).toEqual(first.rows);
});

it('narrows connections down by platform and age', async () => {
  expect((await list({})).total).toBe(31);
  expect(await list({ platform: '-' })).toMatchObject({
    total: 1,
    rows: [{ platformName: 'Odd', platformKey: null, logoPath: null }],
  });
  expect((await list({ platform, since: '7' })).total).toBe(23);
  expect((await list({ platform, since: '30' })).total).toBe(0);
  expect((await list({ platform, since: 'nonsense', after: "'; drop" })).total).toBe(30);
});

it('lists changes, narrowed down by what happened and when', async () => {
  const connectionId = ids[0] ?? '';
  const [row] = await getDb()
    .select({ id: companies.id })
    .from(companies)
    .where(sql`id = ${customer.companies[0]?.id}`);
  const companyId = row?.id ?? '';
  // Long ago, where no other suite's changes are.
  const at = (text: string) => new Date(`${text}Z`);
  const change = (fromStatus: string | null, toStatus: string | null, when: string) => ({
    ...{ companyId, connectionId, fromStatus, toStatus, source: 'webhook' as const },
    ...{ occurredAt: at(when), recordedAt: at(when), actorId: customer.userId },
  });
  await getDb()
    .insert(connectionStatusChanges)
    .values([
      change('Linked', 'Deauthorized', '1999-05-01T00:00:00'),
      change('Deauthorized', 'Linked', '1999-05-01T23:59:59.999'),
      change('Linked', 'Unlinked', '1999-05-02T00:00:00'),
      change(null, 'Deauthorized', '1999-05-02T10:00:00'),
      // So already when a sweep first saw it, and a platform that stops and starts again.
      { ...change(null, 'Deauthorized', '1999-07-01T00:00:00'), source: 'sweep' as const },
      { ...change(null, 'Linked', '1999-07-01T01:00:00'), health: 'stopped' as const },
      { ...change('Linked', 'Linked', '1999-07-01T02:00:00'), health: 'stopped' as const },
      { ...change('Linked', 'Linked', '1999-07-01T03:00:00'), health: 'resumed' as const },
      ...Array.from({ length: 30 }, () => change('A', 'B', '1999-06-01T00:00:00')),
    ]);
  const find = (query: Record<string, string>) => listChanges(staff, changeListSchema.parse(query));
  const may = { from: '1999-05-01', to: '1999-05-02' };
  expect((await find(may)).rows.map(({ toStatus }) => toStatus)).toEqual([
    'Deauthorized',
    'Unlinked',
    'Linked',
    'Deauthorized',
  ]);
  expect((await find({ ...may, what: 'broke' })).total).toBe(2);
  expect((await find({ ...may, what: 'repaired' })).total).toBe(1);
  expect((await find({ from: '1999-05-01', to: '1999-05-01' })).total).toBe(2);
  expect((await find({ ...may, what: 'broke' })).rows[0]).toMatchObject({
    ...{ actorName: 'Test Person', source: 'webhook', company: { name: 'Listed' } },
  });

  const july = { from: '1999-07-01', to: '1999-07-01' };
  expect((await find({ ...july, what: 'broke' })).rows).toMatchObject([
    { fromStatus: 'Linked', toStatus: 'stopped' },
  ]);
  expect((await find({ ...july, what: 'repaired' })).rows).toMatchObject([
    { fromStatus: 'stopped', toStatus: 'Linked' },
  ]);
  expect((await find(july)).total).toBe(4);

  // In Auckland the last of the first of May is already on the second, and the day before begins it.
  const auckland = { from: '1999-05-02', to: '1999-05-02', zone: 'Pacific/Auckland' };
  expect((await find(auckland)).rows.map(({ toStatus }) => toStatus)).toEqual([
    'Deauthorized',
    'Unlinked',
    'Linked',
  ]);

  const june = { from: '1999-06-01', to: '1999-06-30' };
  const first = await find(june);
  const second = await find({ ...june, after: first.after ?? '' });
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(30);
  expect((await find({ ...june, before: second.before ?? '' })).rows).toEqual(first.rows);
  for (const after of ['1.x', `1.${'0'.repeat(36)}`, '9999999999999999.not-a-uuid']) {
    expect((await find({ ...june, after })).rows).toEqual(first.rows);
  }
});
