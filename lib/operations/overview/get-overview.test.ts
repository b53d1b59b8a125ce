import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { codatQuota } from '@/db/schema/codat';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import { sweeps } from '@/db/schema/sync';
import { webhookEvents } from '@/db/schema/webhooks';
import type { Actor } from '@/lib/actor';
import type { EventState } from '@/lib/webhooks/room/schemas';
import { insertCompany } from '@/testing/company-rows';
import { makeCustomer, makeOperator } from '@/testing/make-customer';
import { getOverview } from './get-overview';

let admin: Actor;
const forgetSweeps = () => getDb().execute(sql`truncate sweeps, sweep_differences, codat_quota`);
beforeEach(async () => {
  admin = await makeOperator('auditor');
  await forgetSweeps();
});
// An unfinished one would be gone on with by whoever sweeps next.
afterAll(forgetSweeps);

const ago = (seconds: number) => sql`now() - ${seconds} * interval '1 second'`;
const hour = 3600;
const day = 24 * hour;

async function makeConnection(status: string, sinceSeconds: number): Promise<[string, string]> {
  const { companyId } = await makeCustomer();
  const id = crypto.randomUUID();
  await getDb()
    .insert(connections)
    .values({
      ...{ id, companyId, status, platformKey: 'ovvw', platformName: 'Overview' },
      ...{ sourceType: 'Accounting', statusChangedAt: ago(sinceSeconds) },
    });
  return [companyId, id];
}

it('is only for staff', async () => {
  const { actor } = await makeCustomer();
  await expect(getOverview(actor)).rejects.toMatchObject({ code: 'not-found' });
});

it('counts companies and connections', async () => {
  const before = await getOverview(admin);
  await makeCustomer({ attention: 'needs_reconnect' });
  await makeCustomer({ attention: 'needs_reconnect', ignoredAt: new Date() });
  await makeConnection('PendingAuth', 8 * day);
  await makeConnection('PendingAuth', 6 * day);
  await makeConnection('Paused', 0);
  const foundId = await insertCompany({ origin: 'codat', codatCompanyId: crypto.randomUUID() });
  const after = await getOverview(admin);

  const count = (of: typeof before, state: string) =>
    of.companies.byAttention.find(({ attention }) => attention === state)?.count ?? 0;
  expect(count(after, 'needs_reconnect') - count(before, 'needs_reconnect')).toBe(1);
  expect(after.companies.total - before.companies.total).toBe(5);
  expect(after.companies.ignored - before.companies.ignored).toBe(1);
  expect(after.companies.unassigned - before.companies.unassigned).toBe(1);
  expect(after.connections.total - before.connections.total).toBe(3);
  expect(after.unfinished.count - before.unfinished.count).toBe(2);
  expect(after.unfinished.old - before.unfinished.old).toBe(1);
  expect(Date.parse(after.unfinished.oldestAt ?? '')).toBeLessThan(Date.now() - 7.9 * day * 1000);
  const platform = after.connections.platforms.find(({ platformKey }) => platformKey === 'ovvw');
  expect(platform).toMatchObject({
    platformName: 'Overview',
    byStatus: { Paused: expect.any(Number) },
  });
  await getDb().execute(sql`delete from companies where id = ${foundId}`);
});

it('tells what broke and was repaired by day, and nothing older or other', async () => {
  const before = (await getOverview(admin)).changes;
  const [companyId, connectionId] = await makeConnection('Linked', 0);
  const change = (fromStatus: string | null, toStatus: string | null, seconds: number) => ({
    ...{ companyId, connectionId, fromStatus, toStatus, source: 'webhook' as const },
    ...{ occurredAt: ago(seconds), recordedAt: ago(seconds) },
  });
  await getDb()
    .insert(connectionStatusChanges)
    .values([
      change('Linked', 'Deauthorized', 0),
      change('Linked', 'Deauthorized', 2 * day),
      change('Deauthorized', 'Linked', 2 * day),
      change('Linked', 'Deauthorized', 9 * day),
      change('Deauthorized', null, 0),
      change('Deauthorized', 'Unlinked', 0),
      change('PendingAuth', 'Linked', 0),
      change('Linked', 'Unlinked', 0),
    ]);
  const { days, broke, repaired } = (await getOverview(admin)).changes;
  expect(days).toHaveLength(7);
  expect(days.at(-1)?.day).toBe(new Date().toISOString().slice(0, 10));
  expect(broke - before.broke).toBe(2);
  expect(repaired - before.repaired).toBe(1);
  expect((days[4]?.broke ?? 0) - (before.days[4]?.broke ?? 0)).toBe(1);
  expect((days[4]?.repaired ?? 0) - (before.days[4]?.repaired ?? 0)).toBe(1);
});

it('tells what holds set-ups up', async () => {
  const before = (await getOverview(admin)).setups;
  const waiting = { codatCompanyId: null, createdAt: new Date(Date.now() - 400 * day * 1000) };
  await makeCustomer({ ...waiting, provisionProblem: 'setupPlanLimit' });
  await makeCustomer({ ...waiting, provisionProblem: 'setupFailing' });
  await makeCustomer({ ...waiting, codatDeletedAt: new Date() });
  const after = (await getOverview(admin)).setups;
  expect(after.waiting - before.waiting).toBe(2);
  expect(after.blocked - before.blocked).toBe(1);
  expect(after.blockedProblems).toContain('setupPlanLimit');
  expect(Date.parse(after.oldestAt ?? '')).toBeLessThan(Date.now() - 399 * day * 1000);
});

it('tells how the sweep fares, and takes one that never ends for late', async () => {
  const db = getDb();
  expect((await getOverview(admin)).sweeps).toMatchObject({ lastFinishedAt: null, late: false });
  await db.insert(sweeps).values({ firstToken: 1, startedAt: ago(23 * hour), lastError: 'no' });
  expect((await getOverview(admin)).sweeps).toMatchObject({ late: false, problem: 'no' });
  await db.insert(sweeps).values([
    { firstToken: 1, startedAt: ago(8 * day), finishedAt: ago(7.9 * day), missedByWebhook: 50 },
    { firstToken: 1, startedAt: ago(3 * day), finishedAt: ago(2 * day), missedByWebhook: 4 },
  ]);
  const late = (await getOverview(admin)).sweeps;
  expect(late).toMatchObject({ late: true, missedLast: 4, missedWeek: 4 });
  await db
    .insert(sweeps)
    .values({ firstToken: 1, startedAt: ago(50), finishedAt: ago(9), companiesFound: 2 });
  const { sweeps: well } = await getOverview(admin);
  expect(well).toMatchObject({ late: false, missedLast: 0, missedWeek: 4, foundWeek: 2 });
});

it('knows whether what Codat said of the quota still holds', async () => {
  const quota = async (values: Partial<typeof codatQuota.$inferInsert>) => {
    const row = { id: 1, dailyLimit: 1000, remaining: 40, resetAt: null, seenAt: new Date() };
    const set = { ...row, ...values };
    await getDb().insert(codatQuota).values(set).onConflictDoUpdate({ target: codatQuota.id, set });
    return (await getOverview(admin)).quota;
  };
  expect((await getOverview(admin)).quota).toBeNull();
  const hence = new Date(Date.now() + 3_600_000);
  expect(await quota({ resetAt: hence })).toMatchObject({
    ...{ dailyLimit: 1000, remaining: 40, resetAt: hence.toISOString(), current: true },
  });
  expect(await quota({})).toMatchObject({ current: true, resetAt: null });
  expect(await quota({ resetAt: new Date(Date.now() - 1000) })).toMatchObject({ current: false });
  expect(await quota({ seenAt: new Date(Date.now() - day * 1000) })).toMatchObject({
    current: false,
  });
});

it('tells until when Codat wants us to wait, and of nothing that is over', async () => {
  const blocked = async (blockedUntil: Date) => {
    await getDb().delete(codatQuota);
    await getDb().insert(codatQuota).values({ id: 1, blockedUntil });
    const overview = await getOverview(admin);
    // The gate's row is there before Codat has said anything of the quota.
    expect(overview.quota).toBeNull();
    return overview.blocked;
  };
  const hence = new Date(Date.now() + 36_000_000);
  expect(await blocked(hence)).toMatchObject({
    ...{ until: hence.toISOString(), reads: expect.any(Number), setups: expect.any(Number) },
  });
  expect(await blocked(new Date(Date.now() - 1000))).toBeNull();
});

it('tells of webhooks', async () => {
  const before = (await getOverview(admin)).webhooks;
  const event = (state: EventState) => ({
    ...{ webhookId: crypto.randomUUID(), eventType: 'x', payload: {}, state },
    receivedAt: sql`now() + interval '1 minute'`,
  });
  await getDb()
    .insert(webhookEvents)
    .values([event('dead'), event('processed')]);
  const after = (await getOverview(admin)).webhooks;
  expect(after.dead - before.dead).toBe(1);
  expect(Date.parse(after.lastReceivedAt ?? '')).toBeGreaterThan(Date.now());
  await getDb().execute(sql`delete from webhook_events where received_at > now()`);
});
