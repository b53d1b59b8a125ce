import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies } from '@/db/schema/companies';
import type { Actor } from '@/lib/actor';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { retrySetup } from './retry-setup';

let codat: LocalCodat;
let admin: Actor;

beforeAll(async () => {
  codat = await startLocalCodat();
  admin = await makeOperator('admin');
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

const fault = (status: number, times = 1) =>
  codat.control('POST', '/faults', { method: 'POST', path: '/companies', status, times });
const retry = (companyId: string, actor = admin) => retrySetup(actor, companyId, noContext);

it.each([
  [402, 'setupPlanLimit'],
  [401, 'setupUnauthorized'],
  [403, 'setupForbidden'],
  [500, 'setupFailing'],
])('says what to fix after %i, and sets up once it is fixed', async (status, key) => {
  const { companyId } = await makeCustomer({ codatCompanyId: null });
  await fault(status);
  await expect(retry(companyId)).rejects.toMatchObject({ ref: { messageKey: `errors.${key}` } });
  expect(await retry(companyId)).toBe('ready');
  expect(await retry(companyId)).toBe('ready');
  const entries = await getDb()
    .select({ action: auditEntries.action })
    .from(auditEntries)
    .where(eq(auditEntries.companyId, companyId));
  expect(entries).toEqual([{ action: 'company.retry_setup' }, { action: 'company.retry_setup' }]);
});

it('needs the permission and a waiting company, and is limited', async () => {
  const { actor, companyId } = await makeCustomer({ codatCompanyId: null });
  for (const other of [actor, await makeOperator('support'), await makeOperator('auditor')]) {
    await expect(retry(companyId, other)).rejects.toMatchObject({ code: 'not-allowed' });
  }
  const deleted = await makeCustomer({ codatCompanyId: null, codatDeletedAt: new Date() });
  await expect(retry(deleted.companyId)).rejects.toMatchObject({ code: 'conflict' });
  await expect(retry(crypto.randomUUID())).rejects.toMatchObject({ code: 'not-found' });
  await getDb()
    .update(companies)
    .set({ provisionLeaseUntil: new Date(Date.now() + 60_000) })
    .where(eq(companies.id, companyId));
  const codes = [];
  for (let i = 0; i < 13; i += 1) {
    codes.push(await retry(companyId).catch((error: { code: string }) => error.code));
  }
  expect(codes[0]).toBe('conflict');
  expect(codes).toContain('throttled');
});
