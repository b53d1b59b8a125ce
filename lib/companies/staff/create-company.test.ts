import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import type { Actor } from '@/lib/actor';
import { getCompany } from '@/lib/codat/companies';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { createCompanySchema } from '@/lib/companies/schemas';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { createCompany } from './create-company';

let codat: LocalCodat;
let admin: Actor;

beforeAll(async () => {
  codat = await startLocalCodat();
  admin = await makeOperator('admin');
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

const newName = () => `Café ${crypto.randomUUID()}`;
const create = (companyId: string, name: string, more: object = {}, actor = admin) =>
  createCompany(actor, createCompanySchema.parse({ companyId, name, ...more }), noContext);

const stored = (companyId: string) => storedCompany(companyId).catch(() => undefined);

describe('createCompany', () => {
  it('makes one for a customer without an account, tags and all', async () => {
    const [companyId, name] = [crypto.randomUUID(), newName()];
    await create(companyId, name, { key0: 'region', value0: 'north' });
    const row = await stored(companyId);
    expect(row).toMatchObject({
      origin: 'staff',
      ownerEmail: '',
      attention: 'none',
      tags: { region: 'north', uid: companyId },
    });
    expect((await getCompany(row?.codatCompanyId ?? '')).snapshot).toMatchObject({
      name: companyId,
      description: name,
      tags: { region: 'north', uid: companyId },
    });
  });

  it('makes one when the form is sent twenty times at once, and again later', async () => {
    const [companyId, name] = [crypto.randomUUID(), newName()];
    await codat.control('DELETE', '/requests');
    await Promise.all(Array.from({ length: 20 }, () => create(companyId, name)));
    await create(companyId, name);
    const made = (await codat.calls()).filter((call) => call.startsWith('POST /companies'));
    expect(made).toHaveLength(1);
    const entries = await getDb()
      .select({ action: auditEntries.action, subject: auditEntries.subject })
      .from(auditEntries)
      .where(eq(auditEntries.companyId, companyId));
    expect(entries).toEqual([{ action: 'company.create', subject: name }]);
  });

  it('does not take a form that has made another company, nor the id of a company of another kind', async () => {
    const companyId = crypto.randomUUID();
    await create(companyId, newName());
    const customer = await makeCustomer();
    for (const id of [companyId, customer.companyId]) {
      await expect(create(id, newName())).rejects.toMatchObject({
        ref: { messageKey: 'errors.staff.formUsed' },
      });
    }
    expect((await stored(customer.companyId))?.name).toBe('Test Company');
  });

  it('asks before it makes another of the same name', async () => {
    const name = newName();
    const first = crypto.randomUUID();
    await create(first, name);
    const second = crypto.randomUUID();
    await expect(create(second, name.toUpperCase())).rejects.toMatchObject({
      code: 'conflict',
      field: 'again',
      about: `/admin/companies/${first}`,
    });
    expect(await stored(second)).toBeUndefined();
    await create(second, name.toUpperCase(), { again: 'yes' });
    expect(await stored(second)).toBeDefined();
  });

  it('is kept while Codat is down or refuses, and is set up later', async () => {
    for (const status of [503, 402]) {
      const companyId = crypto.randomUUID();
      await codat.control('POST', '/faults', { method: 'POST', path: '/companies', status });
      await create(companyId, newName());
      expect(await stored(companyId)).toMatchObject({
        attention: 'provisioning',
        codatCompanyId: null,
      });
      expect(await provisionCompany(companyId)).toBe('ready');
    }
  });

  it('needs the permission to write', async () => {
    const { actor } = await makeCustomer();
    for (const other of [actor, await makeOperator('support'), await makeOperator('auditor')]) {
      const companyId = crypto.randomUUID();
      await expect(create(companyId, newName(), {}, other)).rejects.toMatchObject({
        code: 'not-allowed',
      });
      expect(await stored(companyId)).toBeUndefined();
    }
  });
});
