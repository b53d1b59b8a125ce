import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies } from '@/db/schema/companies';
import { connectionStatusChanges, connections } from '@/db/schema/connections';
import type { Actor } from '@/lib/actor';
import { findCompanyByUid, getCompany } from '@/lib/codat/companies';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { applyEvent } from '@/lib/sync/apply-event';
import { applyDeletion, applyRead } from '@/lib/sync/apply-read';
import { beginRead } from '@/lib/sync/read-ticket';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCompanyAtCodat, makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { readNow } from '@/testing/read-now';
import { deleteCompany, isSameName } from './delete-company';

let codat: LocalCodat;
let admin: Actor;

beforeAll(async () => {
  codat = await startLocalCodat();
  admin = await makeOperator('admin');
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

async function makeConnected() {
  const company = await makeCompanyAtCodat({ name: 'Marlow & Finch' });
  const path = `/companies/${company.codatCompanyId}/connections`;
  await codat.control('POST', path, { platformKey: 'gbol' });
  await readNow(company.companyId);
  return company;
}

const remove = (companyId: string, typed = 'Marlow & Finch', actor = admin) =>
  deleteCompany(actor, { companyId, typed }, noContext);

const audited = (companyId: string) =>
  getDb()
    .select({ action: auditEntries.action, detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.companyId, companyId), eq(auditEntries.actorKind, 'person')))
    .orderBy(asc(auditEntries.id));

describe('deleteCompany', () => {
  it('deletes it at Codat, shows it so, and keeps its history; twice is as good as once', async () => {
    const { companyId, codatCompanyId } = await makeConnected();
    await codat.control('DELETE', '/requests');
    await remove(companyId);
    await remove(companyId);
    expect(await codat.calls()).toEqual([`DELETE /companies/${codatCompanyId} 204`]);
    const row = await storedCompany(companyId);
    expect(row).toMatchObject({ attention: 'deleted', connectionCount: 0, readDueAt: null });
    const [connection] = await getDb()
      .select()
      .from(connections)
      .where(eq(connections.companyId, companyId));
    expect(connection?.removedAt).not.toBeNull();
    const changes = await getDb()
      .select()
      .from(connectionStatusChanges)
      .where(eq(connectionStatusChanges.companyId, companyId))
      .orderBy(asc(connectionStatusChanges.recordedAt));
    expect(changes.at(-1)).toMatchObject({
      fromStatus: 'Linked',
      toStatus: null,
      source: 'admin',
      actorId: admin.userId,
    });
    expect(await audited(companyId)).toEqual([
      { action: 'company.delete', detail: { codatCompanyId } },
    ]);
    await readNow(companyId);
    expect((await storedCompany(companyId)).attention).toBe('deleted');
  });

  it('says who deleted it even if webhook and read are faster than the answer', async () => {
    const { companyId } = await makeConnected();
    const fault = { method: 'DELETE', path: '/companies', latencyMs: 1500, afterEffect: true };
    await codat.control('POST', '/faults', fault);
    const running = remove(companyId);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const deleted = { kind: 'company-deleted', generatedAt: null, receivedAt: new Date() } as const;
    await getDb().transaction((tx) => applyEvent(tx, companyId, deleted));
    const ticket = await beginRead(getDb(), companyId);
    if (ticket) await applyDeletion(getDb(), ticket, 'read');
    await running;
    const changes = await getDb()
      .select()
      .from(connectionStatusChanges)
      .where(eq(connectionStatusChanges.companyId, companyId))
      .orderBy(asc(connectionStatusChanges.recordedAt));
    expect(changes.slice(-2)).toMatchObject([
      { toStatus: null, source: 'read', actorId: null },
      { fromStatus: 'Linked', toStatus: null, source: 'admin', actorId: admin.userId },
    ]);
    // Another who deletes what is gone already did nothing.
    await remove(companyId);
    expect(
      await getDb().$count(
        connectionStatusChanges,
        eq(connectionStatusChanges.companyId, companyId),
      ),
    ).toBe(changes.length);
  });

  it('is not taken back by a read that began before it', async () => {
    const { companyId, codatCompanyId } = await makeConnected();
    const ticket = await beginRead(getDb(), companyId);
    if (!ticket) throw new Error('no ticket');
    const { snapshot } = await getCompany(codatCompanyId);
    await remove(companyId);
    expect(await applyRead(getDb(), ticket, snapshot, 'read')).toBe(false);
    expect((await storedCompany(companyId)).codatDeletedAt).not.toBeNull();
  });

  it('needs its name typed, and the permission to write', async () => {
    const { actor, companyId } = await makeConnected();
    await codat.control('DELETE', '/requests');
    for (const typed of ['', 'marlow & finch', 'Marlow', companyId]) {
      await expect(remove(companyId, typed)).rejects.toMatchObject({
        code: 'invalid',
        field: 'typed',
      });
    }
    for (const other of [actor, await makeOperator('support'), await makeOperator('auditor')]) {
      await expect(remove(companyId, 'Marlow & Finch', other)).rejects.toMatchObject({
        code: 'not-allowed',
      });
    }
    await expect(remove(crypto.randomUUID())).rejects.toMatchObject({ code: 'not-found' });
    expect(await codat.calls()).toEqual([]);
    expect((await storedCompany(companyId)).codatDeletedAt).toBeNull();
    expect(await audited(companyId)).toEqual([]);
  });

  it('counts what is gone at Codat already as done', async () => {
    const { companyId } = await makeCustomer({ name: 'Marlow & Finch' });
    await remove(companyId);
    expect((await storedCompany(companyId)).attention).toBe('deleted');
  });

  it.each([
    [{ drop: true, afterEffect: true }, 'staff.codatUnclear', 'deleted'],
    [{ status: 500, afterEffect: true }, 'staff.codatUnclear', 'deleted'],
    [{ status: 503 }, 'staff.codatUnclear', 'ok'],
    [{ status: 403 }, 'staff.codatForbidden', 'ok'],
  ])('changes nothing here after %j, and the next read tells', async (fault, key, attention) => {
    const { companyId } = await makeConnected();
    await codat.control('POST', '/faults', { method: 'DELETE', path: '/companies', ...fault });
    const messageKey = `errors.${key}`;
    await expect(remove(companyId)).rejects.toMatchObject({ ref: { messageKey } });
    expect((await storedCompany(companyId)).attention).toBe('ok');
    expect((await audited(companyId)).at(-1)).toMatchObject({ detail: { failed: messageKey } });
    await readNow(companyId);
    expect((await storedCompany(companyId)).attention).toBe(attention);
    await remove(companyId);
    expect((await storedCompany(companyId)).attention).toBe('deleted');
  });
});

describe('deleting a company that is not set up', () => {
  const makeWaiting = () => makeCustomer({ codatCompanyId: null, name: 'Marlow & Finch' });

  it('gives it up: no job creates it any more', async () => {
    const { companyId } = await makeWaiting();
    await remove(companyId);
    expect(await storedCompany(companyId)).toMatchObject({
      attention: 'deleted',
      codatCompanyId: null,
    });
    expect(await provisionCompany(companyId)).toBe('ready');
    expect(await findCompanyByUid(companyId)).toBeNull();
  });

  it('leaves none at Codat that an earlier try has made', async () => {
    const { companyId } = await makeWaiting();
    const lost = { method: 'POST', path: '/companies', drop: true, afterEffect: true };
    await codat.control('POST', '/faults', lost);
    expect(await provisionCompany(companyId)).toBe('failed');
    expect(await findCompanyByUid(companyId)).not.toBeNull();
    await remove(companyId);
    expect(await findCompanyByUid(companyId)).toBeNull();
  });

  it('waits while somebody sets it up, and while Codat cannot be asked', async () => {
    const { companyId } = await makeWaiting();
    const lease = (at: Date | null) =>
      getDb().update(companies).set({ provisionLeaseUntil: at }).where(eq(companies.id, companyId));
    await lease(new Date(Date.now() + 30_000));
    await expect(remove(companyId)).rejects.toMatchObject({ code: 'conflict' });
    await lease(null);
    const away = { method: 'GET', path: '/companies', status: 503, times: 2 };
    await codat.control('POST', '/faults', away);
    await expect(remove(companyId)).rejects.toMatchObject({ code: 'upstream-unavailable' });
    expect((await storedCompany(companyId)).codatDeletedAt).toBeNull();
    expect(await provisionCompany(companyId)).toBe('ready');
    expect((await storedCompany(companyId)).codatCompanyId).not.toBeNull();
  });
});

it.each([
  ['Café  Söhne ', 'Café Söhne', true],
  ['日本茶 Takahashi', '日本茶 Takahashi', true],
  ['cafe', 'Café', false],
  ['', 'x', false],
])('takes %s for %s: %s', (typed, name, same) => {
  expect(isSameName(typed, name)).toBe(same);
});
