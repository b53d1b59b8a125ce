import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies } from '@/db/schema/companies';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCompanyAtCodat, makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { rereadCompany } from './reread-company';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
  await codat.control('PUT', '/settings', { initialReadDelayMs: 3_600_000 });
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

async function connect(codatCompanyId: string, platformKey: string): Promise<string> {
  const path = `/companies/${codatCompanyId}/connections`;
  return ((await codat.control('POST', path, { platformKey })) as { id: string }).id;
}

describe('rereadCompany', () => {
  it('makes what is shown equal to Codat, says what was new, and is on record', async () => {
    const support = await makeOperator('support');
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    const connectionId = await connect(codatCompanyId, 'gbol');
    expect(await rereadCompany(support, companyId, noContext)).toEqual([
      { kind: 'status', platformName: 'Xero', from: null, to: 'Linked' },
    ]);
    expect(await rereadCompany(support, companyId, noContext)).toEqual([]);
    await codat.control('POST', `/connections/${connectionId}/deauthorize`);
    await connect(codatCompanyId, 'exgd');
    const changes = await rereadCompany(support, companyId, noContext);
    expect(changes).toHaveLength(2);
    expect(changes).toContainEqual({
      kind: 'status',
      platformName: 'Xero',
      from: 'Linked',
      to: 'Deauthorized',
    });
    const entries = await getDb()
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.companyId, companyId), eq(auditEntries.actorKind, 'person')));
    expect(entries).toHaveLength(3);
    expect(entries[0]).toMatchObject({ action: 'company.reread', actorName: support.email });
  });

  it('tells that a company was deleted', async () => {
    const admin = await makeOperator('admin');
    const { companyId } = await makeCustomer();
    expect(await rereadCompany(admin, companyId, noContext)).toEqual([{ kind: 'deleted' }]);
    expect(await rereadCompany(admin, companyId, noContext)).toEqual([]);
  });

  it('is refused without the permission, and where there is nothing to read', async () => {
    const { actor, companyId } = await makeCompanyAtCodat();
    const refused = { code: 'not-allowed' };
    await codat.control('DELETE', '/requests');
    for (const other of [actor, await makeOperator('auditor')]) {
      await expect(rereadCompany(other, companyId, noContext)).rejects.toMatchObject(refused);
    }
    expect(await codat.calls()).toEqual([]);
    const admin = await makeOperator('admin');
    await expect(rereadCompany(admin, crypto.randomUUID(), noContext)).rejects.toMatchObject({
      code: 'not-found',
    });
    const waiting = await makeCustomer({ codatCompanyId: null });
    await expect(rereadCompany(admin, waiting.companyId, noContext)).rejects.toMatchObject({
      code: 'not-ready',
    });
  });

  it.each([
    [401, 'staff.codatUnauthorized'],
    [402, 'staff.codatPlan'],
    [403, 'staff.codatForbidden'],
    [429, 'staff.codatBusy'],
    [503, 'staff.codatSilent'],
    [418, 'staff.codatRejected'],
  ])('says what to fix when Codat answers %i, and changes nothing', async (status, key) => {
    const admin = await makeOperator('admin');
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    const path = `/companies/${codatCompanyId}`;
    await codat.control('POST', '/faults', { method: 'GET', path, status, times: 2 });
    await expect(rereadCompany(admin, companyId, noContext)).rejects.toMatchObject({
      ref: { messageKey: `errors.${key}` },
    });
    const [row] = await getDb().select().from(companies).where(eq(companies.id, companyId));
    expect(row).toMatchObject({ codatDeletedAt: null, name: 'Test Company' });
  });

  it('is limited for a company, and only for that one', async () => {
    const admin = await makeOperator('admin');
    const [busy, other] = [await makeCompanyAtCodat(), await makeCompanyAtCodat()];
    const tries = Array.from({ length: 14 }, () =>
      rereadCompany(admin, busy.companyId, noContext).catch((error: unknown) => error),
    );
    const throttled = (await Promise.all(tries)).filter((outcome) => outcome instanceof Error);
    // A minute may end meanwhile, which allows six more.
    expect([2, 8]).toContain(throttled.length);
    expect(throttled[0]).toMatchObject({ code: 'throttled' });
    expect(await rereadCompany(admin, other.companyId, noContext)).toEqual([]);
  });
});
