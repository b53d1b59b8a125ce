import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies, memberships } from '@/db/schema/companies';
import { users } from '@/db/schema/people';
import type { Actor } from '@/lib/actor';
import { loadActor } from '@/lib/auth/load-actor';
import { assignSchema } from '@/lib/companies/schemas';
import { type CompanyValues, insertCompany, storedCompany } from '@/testing/company-rows';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { assignCompany, findCustomer } from './assign-company';
import { ignoreCompany, takeBackCompany } from './ignore-company';

let admin: Actor;

beforeAll(async () => {
  admin = await makeOperator('admin');
});

async function makeUnassigned(values: CompanyValues = {}) {
  const id = crypto.randomUUID();
  const found = { id, name: 'Walk-in Ltd', origin: 'codat', codatCompanyId: id } as const;
  return insertCompany({ ...found, ...values });
}

const audited = async (companyId: string) =>
  (
    await getDb()
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(eq(auditEntries.companyId, companyId))
  ).map(({ action }) => action);

const assign = (companyId: string, email: string, actor = admin) =>
  assignCompany(actor, assignSchema.parse({ companyId, email }), noContext);

describe('assignCompany', () => {
  it('makes the customer its owner, who can switch to it; twice is as good as once', async () => {
    const customer = await makeCustomer();
    const companyId = await makeUnassigned({ ignoredAt: new Date() });
    await assign(companyId, ` ${customer.actor.email.toUpperCase()} `);
    await assign(companyId, customer.actor.email);
    const now = await loadActor(getDb(), customer.actor.sessionId);
    expect(now?.companies.map(({ id }) => id)).toEqual([customer.companyId, companyId]);
    expect(await storedCompany(companyId)).toMatchObject({
      ownerEmail: customer.actor.email,
      ignoredAt: null,
    });
    expect(await audited(companyId)).toEqual(['company.assign']);
  });

  it('lets somebody in again who had left', async () => {
    const { actor, companyId } = await makeCustomer({ origin: 'staff' });
    await getDb()
      .update(memberships)
      .set({ removedAt: new Date() })
      .where(eq(memberships.companyId, companyId));
    await assign(companyId, actor.email);
    expect((await storedCompany(companyId)).ownerEmail).toBe(actor.email);
  });

  it('tells one of two who assign it at once', async () => {
    const [one, other] = [await makeCustomer(), await makeCustomer()];
    const companyId = await makeUnassigned();
    const outcomes = await Promise.allSettled([
      assign(companyId, one.actor.email),
      assign(companyId, other.actor.email),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'conflict' });
    const owners = await getDb()
      .select()
      .from(memberships)
      .where(eq(memberships.companyId, companyId));
    expect(owners).toHaveLength(1);
    expect(await audited(companyId)).toHaveLength(1);
  });

  it('says when nobody has the address, or who has it is shut out', async () => {
    const companyId = await makeUnassigned();
    const { actor } = await makeCustomer();
    await getDb().update(users).set({ disabledAt: new Date() }).where(eq(users.id, actor.userId));
    for (const [email, key] of [
      ['nobody@example.com', 'noSuchPerson'],
      [actor.email, 'personDisabled'],
    ] as const) {
      await expect(assign(companyId, email)).rejects.toMatchObject({
        code: 'invalid',
        field: 'email',
        ref: { messageKey: `errors.staff.${key}` },
      });
    }
    expect(await audited(companyId)).toEqual([]);
  });

  it('needs the permission to write, and a company that is not deleted', async () => {
    const { actor } = await makeCustomer();
    const companyId = await makeUnassigned();
    for (const other of [actor, await makeOperator('support'), await makeOperator('auditor')]) {
      await expect(assign(companyId, actor.email, other)).rejects.toMatchObject({
        code: 'not-allowed',
      });
      expect(await findCustomer(other, actor.email)).toBeNull();
    }
    const gone = await makeUnassigned({ codatDeletedAt: new Date() });
    await expect(assign(gone, actor.email)).rejects.toMatchObject({ code: 'conflict' });
    await expect(assign(crypto.randomUUID(), actor.email)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await findCustomer(admin, actor.email)).toMatchObject({
      name: 'Test Person',
      companies: ['Test Company'],
      disabled: false,
    });
  });
});

describe('ignoring', () => {
  it('is done and taken back, each once', async () => {
    const companyId = await makeUnassigned();
    await ignoreCompany(admin, companyId, noContext);
    await ignoreCompany(admin, companyId, noContext);
    expect((await storedCompany(companyId)).ignoredAt).not.toBeNull();
    await takeBackCompany(admin, companyId, noContext);
    await takeBackCompany(admin, companyId, noContext);
    expect((await storedCompany(companyId)).ignoredAt).toBeNull();
    expect(await audited(companyId)).toEqual(['company.ignore', 'company.unignore']);
  });

  it('is refused for a company with an owner or created here, and without the permission to write', async () => {
    const owned = await makeCustomer({ origin: 'codat' });
    const made = await makeUnassigned({ origin: 'staff' });
    for (const id of [owned.companyId, made]) {
      await expect(ignoreCompany(admin, id, noContext)).rejects.toMatchObject({ code: 'conflict' });
    }
    const companyId = await makeUnassigned();
    for (const other of [owned.actor, await makeOperator('support')]) {
      for (const act of [ignoreCompany, takeBackCompany]) {
        await expect(act(other, companyId, noContext)).rejects.toMatchObject({
          code: 'not-allowed',
        });
      }
    }
    const [row] = await getDb()
      .select({ id: companies.id })
      .from(companies)
      .where(and(eq(companies.id, companyId), eq(companies.origin, 'codat')));
    expect(row).toBeDefined();
    expect((await storedCompany(companyId)).ignoredAt).toBeNull();
  });
});
