import { eq, inArray } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { setCompany } from '@/testing/company-rows';
import { makeCustomer, makeOperator } from '@/testing/make-customer';
import { countKinds } from './count-kinds';
import { listCompanies } from './list-companies';
import { type CompanyListPage, companyListSchema, companyOrders } from './schemas';

type Values = Record<string, string | undefined>;
const admin = await makeOperator('admin');
const list = (values: Values) => listCompanies(admin, companyListSchema.parse(values));
const names = ({ rows }: CompanyListPage) => rows.map(({ name }) => name);
const mark = () => crypto.randomUUID().slice(0, 8);

type Given = Partial<typeof companies.$inferInsert>;

/** Companies with nothing but what is given, found by a tag of their own. */
async function insert(tag: string, given: Given[]): Promise<string[]> {
  const rows = given.map((values, index) => ({
    id: crypto.randomUUID(),
    name: `Company ${index}`,
    codatCompanyId: crypto.randomUUID(),
    tags: { batch: tag },
    ...values,
  }));
  await getDb().insert(companies).values(rows);
  const ids = rows.map(({ id }) => id);
  await rollUpCompanies(getDb(), ids);
  return ids;
}

async function connect(companyId: string, platformKey: string, status: string, type: string) {
  const id = crypto.randomUUID();
  await getDb()
    .insert(connections)
    .values({ id, companyId, platformKey, platformName: platformKey, sourceType: type, status });
  await rollUpCompanies(getDb(), [companyId]);
  return id;
}

async function readAll(values: Values, side: 'after' | 'before'): Promise<string[][]> {
  const pages = [await list(values)];
  if (side === 'before') pages[0] = await list({ ...values, before: 'end' });
  for (let last = pages[0]; last?.[side]; last = pages.at(-1)) {
    pages.push(await list({ ...values, [side]: last[side] }));
  }
  return pages.map(({ rows }) => rows.map(({ id }) => id));
}

/** Companies of which many are equal in every column, and their ids in every order. */
async function makeEqual(tag: string): Promise<Record<string, string[]>> {
  const now = Date.now();
  // Few different values, so that most keys are equal.
  const ids = await insert(
    tag,
    Array.from({ length: 60 }, (_, i) => ({
      name: ['Émile', 'alpha', 'Beta'][i % 3] ?? '',
      createdAt: new Date(now - (i % 4) * 86_400_000),
      codatDeletedAt: i % 7 === 0 ? new Date(now) : null,
    })),
  );
  for (const [i, id] of ids.entries()) {
    if (i % 6 === 0) await connect(id, 'gbol', 'Linked', 'Accounting');
    if (i % 12 === 0) await connect(id, 'exgd', 'Linked', 'Commerce');
  }
  const db = getDb();
  const { rows } = await db.execute<Record<string, string[]>>(`select
    array_agg(id order by lower(name), id) as name,
    array_agg(id order by owner_email collate "C", id) as owner,
    array_agg(id order by attention_rank, attention_since, id) as state,
    array_agg(id order by attention_since, id) as since,
    array_agg(id order by connection_count, id) as connections,
    array_agg(id order by created_at, id) as created
    from (select *, company_id as id from company_list) as listed where tags ->> 'batch' = '${tag}'`);
  return rows[0] ?? {};
}

const equalTag = mark();
const inOrder = await makeEqual(equalTag);

describe('the orders', () => {
  for (const order of companyOrders) {
    for (const sort of [order, `-${order}`] as const) {
      it(`${sort}: every company once, forwards and backwards`, async () => {
        const ascending = inOrder[order] ?? [];
        const expected = sort === order ? ascending : ascending.toReversed();
        const values = { tag: `batch=${equalTag}`, sort };
        const forwards = await readAll(values, 'after');
        expect(forwards.map(({ length }) => length)).toEqual([25, 25, 10]);
        expect(forwards.flat()).toEqual(expected);
        const backwards = await readAll(values, 'before');
        // From the end there are two full pages; the rest is the first page, as it always is.
        expect(backwards[0]).toEqual(expected.slice(-25));
        expect(backwards[1]).toEqual(expected.slice(-50, -25));
        expect(backwards[2]).toEqual(expected.slice(0, 25));
        expect(backwards).toHaveLength(3);
      });
    }
  }

  it('leads back to the very page one came from', async () => {
    const values = { tag: `batch=${equalTag}`, sort: 'name' };
    const first = await list(values);
    const second = await list({ ...values, after: first.after ?? '' });
    const third = await list({ ...values, after: second.after ?? '' });
    expect(third.after).toBeNull();
    expect((await list({ ...values, before: third.before ?? '' })).rows).toEqual(second.rows);
    const start = await list({ ...values, before: second.before ?? '' });
    expect(start).toEqual(first);
    expect(start.before).toBeNull();
    expect(start.total).toEqual({ count: 60, isMore: false });
  });
});

describe('a list that changes while it is read', () => {
  it('shows what did not move once, and stays where it was', async () => {
    const tag = mark();
    const values = { tag: `batch=${tag}`, sort: 'name' };
    const given = Array.from({ length: 40 }, (_, i) => ({
      name: `C${String(i).padStart(2, '0')}`,
    }));
    const ids = await insert(tag, given);
    const first = await list(values);
    // The last one shown goes, another comes before it, and one that was to come moves up.
    await getDb()
      .delete(companies)
      .where(eq(companies.id, ids[24] ?? ''));
    await insert(tag, [{ name: 'A new one' }]);
    await setCompany(ids[30] ?? '', { name: 'B moved up' });
    const second = await list({ ...values, after: first.after ?? '' });
    const expected = given.map(({ name }) => name).filter((name) => name !== 'C30');
    expect([...names(first), ...names(second)]).toEqual(expected);
  });

  it('starts again when nothing is left after the cursor', async () => {
    const tag = mark();
    const values = { tag: `batch=${tag}`, sort: 'name' };
    const ids = await insert(tag, Array(30).fill({ name: 'Same' }));
    const first = await list(values);
    const shown = first.rows.map(({ id }) => id);
    const rest = ids.filter((id) => !shown.includes(id));
    await getDb().delete(companies).where(inArray(companies.id, rest));
    expect(await list({ ...values, after: first.after ?? '' })).toMatchObject({
      rows: first.rows,
      before: null,
      after: null,
    });
  });
});

describe('cursors from outside', () => {
  const encode = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const id = crypto.randomUUID();
  const rubbish: Record<string, string> = {
    'no base64': '%%%',
    'no JSON': Buffer.from('{').toString('base64url'),
    'no array': encode({ sort: 'created' }),
    'too few parts': encode(['created', id]),
    'too many parts': encode(['created', id, '2026-01-01T00:00:00.000000Z', 'x']),
    'an id that is none': encode(['created', "' or 1=1", '2026-01-01T00:00:00.000000Z']),
    'a day that is none': encode(['created', id, '2026-02-30T00:00:00.000000Z']),
    'the year nought': encode(['created', id, '0000-01-01T00:00:00.000000Z']),
    'a number': encode(['created', id, 5]),
    'another order': encode(['name', id, 'alpha']),
    'the other direction': encode(['-created', id, '2026-01-01T00:00:00.000000Z']),
    'a very long one': 'x'.repeat(5000),
  };
  it('lead to the beginning when they fit nothing', async () => {
    const tag = mark();
    await insert(tag, Array(30).fill({ name: 'Same' }));
    const values = { tag: `batch=${tag}`, sort: 'created' };
    const first = await list(values);
    for (const [what, cursor] of Object.entries(rubbish)) {
      expect(await list({ ...values, after: cursor }), what).toEqual(first);
      expect(await list({ ...values, before: cursor }), what).toEqual(first);
    }
  });

  it('may hold any text and number that the order can hold', async () => {
    for (const [sort, keys] of [
      ['name', ["'; drop table companies; --"]],
      ['name', ['a\u0000b']],
      ['name', ['\ud800']],
      ['owner', ['x'.repeat(1000)]],
      ['connections', ['999999999']],
      ['connections', ['9999999999']],
      ['connections', ['-1']],
      ['state', ['99999', '9999-12-31T23:59:59.999999Z']],
      ['created', ['-infinity']],
      ['created', ['infinity']],
      ['since', ['0001-01-01T00:00:00.000000Z']],
    ] as const) {
      await expect(list({ sort, after: encode([sort, id, ...keys]) })).resolves.toBeDefined();
    }
  });
});

const word = mark();
const sought = await makeSought();

/** A company with two people, a connection, and one that Codat has no more. */
async function makeSought() {
  const { actor, companyId, codatCompanyId } = await makeCustomer({
    name: `50%_off ${word} & Töchter`,
  });
  const colleague = await makeCustomer();
  await getDb().insert(memberships).values({ companyId, userId: colleague.actor.userId });
  const connectionId = await connect(companyId, 'gbol', 'Linked', 'Accounting');
  const removedId = await connect(companyId, 'exgd', 'Linked', 'Commerce');
  await getDb()
    .update(connections)
    .set({ removedAt: new Date() })
    .where(eq(connections.id, removedId));
  await rollUpCompanies(getDb(), [companyId]);
  return { actor, companyId, codatCompanyId, colleague: colleague.actor, connectionId, removedId };
}

describe('the search', () => {
  const { actor, companyId, codatCompanyId, colleague, connectionId, removedId } = sought;
  const found = async (q: string) => (await list({ q })).rows.map(({ id }) => id);

  it('finds by name, address and id', async () => {
    for (const q of [
      `50%_off ${word.toUpperCase()}`,
      'TÖCHTER',
      actor.email,
      actor.email.slice(3, 20).toUpperCase(),
      colleague.email,
      companyId,
      codatCompanyId.toUpperCase(),
      companyId.slice(0, 13),
      connectionId,
      connectionId.toUpperCase(),
      removedId,
    ]) {
      expect(await found(q), q).toContain(companyId);
    }
    expect(await found(crypto.randomUUID())).toEqual([]);
  });

  it('wants every word, in any order', async () => {
    expect(await found(`${actor.email} ${word}`)).toEqual([companyId]);
    expect(await found(`töchter ${connectionId} 50%`)).toEqual([companyId]);
    expect(await found(`${word} ${crypto.randomUUID()}`)).toEqual([]);
    expect(await found(`${word} absent`)).toEqual([]);
    expect(await found(`${word} & tö`)).toEqual([companyId]);
    expect(await found(`${word} ff`)).toEqual([]);
  });

  it('takes wildcards and backslashes literally', async () => {
    for (const q of [
      `50x_off ${word}`,
      `50%xoff ${word}`,
      `%${word}%`,
      `\\${word}`,
      '\\',
      '%',
      '_',
    ]) {
      expect(await found(q), q).not.toContain(companyId);
    }
    expect(await found(`%_off ${word}`)).toEqual([companyId]);
  });

  it('takes short words for beginnings of names and of addresses', async () => {
    const tag = mark();
    const [ours] = await insert(tag, [{ name: 'Zq Partners' }, { name: 'The zq house' }]);
    const byShort = async (q: string) =>
      (await list({ q, tag: `batch=${tag}` })).rows.map(({ id }) => id);
    expect(await byShort('zq')).toEqual([ours]);
    expect(await byShort('ZQ pa')).toEqual([ours]);
    expect(await byShort('pa zq')).toEqual([ours]);
    expect(await byShort('q')).toEqual([]);
    expect((await list({ q: actor.email.slice(0, 2) })).total.count).toBeGreaterThan(0);
  });
});

const kindsTag = mark();
await makeKinds(kindsTag);

/** One company for each thing that a filter asks for. */
async function makeKinds(tag: string): Promise<void> {
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
  const [broken = '', fine = '', , , , early = '', , quiet = ''] = await insert(tag, [
    { name: 'broken' },
    { name: 'fine' },
    { name: 'nothing', tags: { batch: tag, tier: 'gold' } },
    { name: 'found', origin: 'codat' },
    { name: 'ignored', origin: 'codat', ignoredAt: new Date() },
    { name: 'early', createdAt: new Date('2025-03-31T23:59:59.999Z') },
    { name: 'late', createdAt: new Date('2025-04-01T00:00:00Z') },
    { name: 'quiet' },
  ]);
  await connect(broken, 'gbol', 'Deauthorized', 'Accounting');
  await connect(broken, 'exgd', 'Linked', 'Commerce');
  await connect(fine, 'gbol', 'Linked', 'Accounting');
  await connect(early, 'odd.key', 'SomethingNew', 'Other');
  const stopped = await connect(quiet, 'qhyg', 'Linked', 'Accounting');
  await getDb()
    .update(connections)
    .set({ stoppedWhy: 'overdue', stoppedSince: daysAgo(40) })
    .where(eq(connections.id, stopped));
  await rollUpCompanies(getDb(), [quiet]);
  for (const [id, days] of [
    [broken, 10],
    [fine, 100],
  ] as const) {
    await setCompany(id, { attentionSince: daysAgo(days) });
  }
}

describe('the filters', () => {
  const tag = kindsTag;
  const only = async (values: Values) =>
    names(await list({ tag: `batch=${tag}`, sort: 'name', ...values }));

  it('know states, connections, times and tags', async () => {
    const all = ['broken', 'early', 'fine', 'found', 'late', 'nothing', 'quiet'];
    expect(await only({})).toEqual(all);
    expect(await only({ tag: 'tier' })).toEqual(expect.arrayContaining(['nothing']));
    expect(await only({ tag: 'tier=gold', q: 'noth' })).toEqual(['nothing']);
    expect(await only({ tag: 'tier=silver' })).toEqual([]);
    expect(await only({ status: 'needs_reconnect' })).toEqual(['broken']);
    expect(await only({ connection: 'Linked' })).toEqual(['broken', 'fine']);
    expect(await only({ platform: 'gbol' })).toEqual(['broken', 'fine']);
    expect(await only({ type: 'Commerce' })).toEqual(['broken']);
    expect(await only({ connection: 'SomethingNew' })).toEqual(['early']);
    expect(await only({ platform: 'odd.key', type: 'Other' })).toEqual(['early']);
    expect(await only({ connection: 'stopped' })).toEqual(['quiet']);
    expect(await only({ connection: 'stopped', platform: 'qhyg' })).toEqual(['quiet']);
    expect(await only({ status: 'data_stopped' })).toEqual(['quiet']);
    // Data stopped 40 days ago, however late that was noticed.
    expect(await only({ since: '7' })).toEqual(['broken', 'fine', 'quiet']);
    expect(await only({ since: '30' })).toEqual(['fine', 'quiet']);
    expect(await only({ from: '2025-04-01', to: '2025-04-01' })).toEqual(['late']);
    expect(await only({ to: '2025-03-31' })).toEqual(['early']);
    const zone = 'Pacific/Honolulu';
    expect(await only({ from: '2025-04-01', to: '2025-04-01', zone })).toEqual([]);
    expect(await only({ from: '2025-03-31', to: '2025-03-31', zone })).toEqual(['early', 'late']);
  });

  it('together mean one connection', async () => {
    expect(await only({ connection: 'Deauthorized', platform: 'gbol' })).toEqual(['broken']);
    expect(await only({ connection: 'Deauthorized', platform: 'exgd' })).toEqual([]);
    expect(await only({ connection: 'Linked', type: 'Accounting' })).toEqual(['fine']);
    expect(await only({ platform: 'gbol', status: 'ok', since: '30', q: 'fin' })).toEqual(['fine']);
  });

  it('that contradict each other find nothing, in any order', async () => {
    for (const sort of companyOrders) {
      expect(await only({ status: 'ok', connection: 'Deauthorized', sort })).toEqual([]);
      expect(await only({ status: 'none', platform: 'gbol', sort })).toEqual([]);
      expect(await only({ status: 'needs_reconnect', connection: 'Deauthorized', sort })).toEqual([
        'broken',
      ]);
      expect(await only({ connection: 'Deauthorized', sort })).toEqual(['broken']);
      expect((await only({ connection: 'Linked', sort })).toSorted()).toEqual(['broken', 'fine']);
      expect(await only({ status: 'ok', connection: 'stopped', sort })).toEqual([]);
      expect(await only({ connection: 'stopped', sort })).toEqual(['quiet']);
    }
  });

  it('know what keeps a company from being set up', async () => {
    const word = mark();
    await insert(word, [
      { name: `${word} full`, codatCompanyId: null, provisionProblem: 'setupPlanLimit' },
      { name: `${word} begun`, codatCompanyId: null },
      { name: `${word} done`, provisionProblem: 'setupPlanLimit' },
    ]);
    const found = async (values: Values) => names(await list({ q: word, sort: 'name', ...values }));
    const status = 'provisioning';
    expect(await found({ status })).toEqual([`${word} begun`, `${word} full`]);
    expect(await found({ status, setup: 'setupPlanLimit' })).toEqual([`${word} full`]);
    expect(await found({ setup: 'setupPlanLimit' })).toEqual([`${word} full`]);
    expect(await found({ setup: '-' })).toEqual([`${word} begun`]);
    expect(await found({ setup: 'setupForbidden' })).toEqual([]);
  });

  it('tell what is unassigned and what is ignored from the rest', async () => {
    expect(await only({ show: 'unassigned' })).toEqual(['found']);
    expect(await only({ show: 'ignored' })).toEqual(['ignored']);
    expect(await only({ q: 'ignored' })).toEqual(['ignored']);
    const shelves = await list({ tag: `batch=${tag}`, q: 'ed' });
    expect(shelves.rows).toEqual([]);
    const { rows } = await list({ tag: `batch=${tag}`, show: 'unassigned' });
    expect(rows[0]).toMatchObject({ shelf: 'unassigned', ownerEmail: null });
  });

  it('survive rubbish', async () => {
    const all = await only({});
    for (const rubbish of [
      { status: "'; drop" },
      { connection: 'a|b' },
      { platform: '' },
      { since: '0' },
      { from: '2025-02-30', to: 'never' },
      { show: 'all' },
      { sort: 'name; drop' },
      { after: '', before: '' },
    ]) {
      expect((await only(rubbish)).toSorted(), JSON.stringify(rubbish)).toEqual(all);
    }
    expect(companyListSchema.parse({ q: ['a', 'b'], tag: ['x'], sort: ['name'] })).toMatchObject({
      q: '',
      tag: '',
      sort: '-created',
    });
  });
});

describe('permissions', () => {
  it('is staff, in every role', async () => {
    const { actor } = await makeCustomer();
    const input = companyListSchema.parse({});
    await expect(listCompanies(actor, input)).rejects.toMatchObject({ code: 'not-found' });
    await expect(countKinds(actor)).rejects.toMatchObject({ code: 'not-found' });
    for (const role of ['support', 'auditor'] as const) {
      const operator = await makeOperator(role);
      expect((await listCompanies(operator, input)).rows.length).toBeGreaterThan(0);
    }
  });

  it('and what is ignored is counted apart', async () => {
    const before = await countKinds(admin);
    await insert(mark(), [{}, { origin: 'codat' }, { origin: 'codat', ignoredAt: new Date() }]);
    const { byAttention, unassigned, ignored } = await countKinds(admin);
    expect(byAttention.none.count - before.byAttention.none.count).toBe(2);
    expect(unassigned.count - before.unassigned.count).toBe(1);
    expect(ignored.count - before.ignored.count).toBe(1);
  });
});
