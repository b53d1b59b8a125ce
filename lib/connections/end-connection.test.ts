import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import type { Actor } from '@/lib/actor';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCompanyAtCodat, makeOperator, noContext } from '@/testing/make-customer';
import { readNow } from '@/testing/read-now';
import { disconnectConnection } from './disconnect';
import { removeConnection } from './remove-connection';

let codat: LocalCodat;
let admin: Actor;

beforeAll(async () => {
  codat = await startLocalCodat();
  await codat.control('PUT', '/settings', { initialReadDelayMs: 3_600_000 });
  admin = await makeOperator('admin');
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

async function makeConnected(status = 'Linked') {
  const company = await makeCompanyAtCodat();
  const path = `/companies/${company.codatCompanyId}/connections`;
  const made = await codat.control('POST', path, { platformKey: 'gbol', status });
  await readNow(company.companyId);
  const connectionId = (made as { id: string }).id;
  return { ...company, connectionId, named: { companyId: company.companyId, connectionId } };
}

async function stored(connectionId: string) {
  const [row] = await getDb().select().from(connections).where(eq(connections.id, connectionId));
  return row;
}

async function newestChange(connectionId: string) {
  const rows = await getDb()
    .select()
    .from(connectionStatusChanges)
    .where(eq(connectionStatusChanges.connectionId, connectionId))
    .orderBy(asc(connectionStatusChanges.recordedAt));
  return rows.at(-1);
}

const audited = (companyId: string) =>
  getDb()
    .select({ action: auditEntries.action, detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.companyId, companyId), eq(auditEntries.actorKind, 'person')))
    .orderBy(asc(auditEntries.id));

const cases = [
  { name: 'disconnectConnection', run: disconnectConnection, method: 'PATCH', ended: 'Unlinked' },
  { name: 'removeConnection', run: removeConnection, method: 'DELETE', ended: null },
] as const;

describe.each(cases)('$name', ({ run, method, ended }) => {
  const isEnded = async (connectionId: string) => {
    const row = await stored(connectionId);
    return ended ? row?.status === ended && row.removedAt === null : row?.removedAt != null;
  };

  it('ends it at Codat, shows it at once, and says who did; twice is as good as once', async () => {
    const { companyId, codatCompanyId, connectionId, named } = await makeConnected();
    await codat.control('DELETE', '/requests');
    await run(admin, named, noContext);
    await run(admin, named, noContext);
    const path = `/companies/${codatCompanyId}/connections/${connectionId}`;
    expect(await codat.calls()).toEqual([`${method} ${path} 200`]);
    expect(await isEnded(connectionId)).toBe(true);
    const by = { source: 'admin', actorId: admin.userId, fromStatus: 'Linked', toStatus: ended };
    expect(await newestChange(connectionId)).toMatchObject(by);
    expect(await audited(companyId)).toHaveLength(1);
    // And Codat agrees.
    await readNow(companyId);
    expect(await isEnded(connectionId)).toBe(true);
    expect(await newestChange(connectionId)).toMatchObject(by);
  });

  it('needs the permission to write, and a connection of the named company', async () => {
    const [mine, theirs] = [await makeConnected(), await makeConnected()];
    await codat.control('DELETE', '/requests');
    for (const other of [
      mine.actor,
      await makeOperator('support'),
      await makeOperator('auditor'),
    ]) {
      await expect(run(other, mine.named, noContext)).rejects.toMatchObject({
        code: 'not-allowed',
      });
    }
    const crossed = { companyId: mine.companyId, connectionId: theirs.connectionId };
    const unknown = { companyId: crypto.randomUUID(), connectionId: mine.connectionId };
    for (const named of [crossed, unknown, { ...crossed, connectionId: 'nonsense' }]) {
      await expect(run(admin, named, noContext)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await codat.calls()).toEqual([]);
    expect(await audited(mine.companyId)).toEqual([]);
  });

  it('changes nothing when Codat refuses, and says what to fix', async () => {
    const { companyId, connectionId, named } = await makeConnected();
    await codat.control('POST', '/faults', { method, path: '/companies', status: 403 });
    await expect(run(admin, named, noContext)).rejects.toMatchObject({
      ref: { messageKey: 'errors.staff.codatForbidden' },
    });
    expect(await stored(connectionId)).toMatchObject({ status: 'Linked', removedAt: null });
    expect(await audited(companyId)).toMatchObject([
      { detail: { connectionId } },
      { detail: { connectionId, failed: 'errors.staff.codatForbidden' } },
    ]);
  });

  it.each([
    { drop: true, afterEffect: true },
    { status: 500, afterEffect: true },
  ])('says that it is not certain after $drop$status, and the next read tells', async (fault) => {
    const { companyId, connectionId, named } = await makeConnected();
    await codat.control('POST', '/faults', { method, path: '/companies', ...fault });
    await expect(run(admin, named, noContext)).rejects.toMatchObject({
      ref: { messageKey: 'errors.staff.codatUnclear' },
    });
    expect(await isEnded(connectionId)).toBe(false);
    const { readDueAt } = await storedCompany(companyId);
    expect((readDueAt?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now()).toBeLessThan(2000);
    await readNow(companyId);
    expect(await isEnded(connectionId)).toBe(true);
    await run(admin, named, noContext);
  });
});

it('a connection removed at Codat in the meantime counts as removed, and an unlinked one cannot be ended', async () => {
  const gone = await makeConnected();
  await codat.control('POST', `/connections/${gone.connectionId}/delete`);
  await removeConnection(admin, gone.named, noContext);
  expect((await stored(gone.connectionId))?.removedAt).not.toBeNull();
  await expect(disconnectConnection(admin, gone.named, noContext)).rejects.toMatchObject({
    code: 'not-found',
  });
  const pending = await makeConnected('PendingAuth');
  await expect(disconnectConnection(admin, pending.named, noContext)).rejects.toMatchObject({
    code: 'conflict',
  });
});

it.each([
  {
    run: disconnectConnection,
    method: 'PATCH',
    told: { status: 'Unlinked' },
    toStatus: 'Unlinked',
  },
  { run: removeConnection, method: 'DELETE', told: { removedAt: new Date() }, toStatus: null },
])('says who did it even if the webhook is faster than the answer to $method', async (given) => {
  const { connectionId, named } = await makeConnected();
  const fault = { method: given.method, path: '/companies', latencyMs: 1_000 };
  await codat.control('POST', '/faults', fault);
  const running = given.run(admin, named, noContext);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await getDb().update(connections).set(given.told).where(eq(connections.id, connectionId));
  await running;
  const row = await stored(connectionId);
  expect(given.toStatus ? row?.status : row?.removedAt).toBeTruthy();
  expect(await newestChange(connectionId)).toMatchObject({
    source: 'admin',
    actorId: admin.userId,
    toStatus: given.toStatus,
  });
});
