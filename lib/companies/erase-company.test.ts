import { eq, sql } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies, consents, memberships } from '@/db/schema/companies';
import { connectionStatusChanges, connections, linkSessions } from '@/db/schema/connections';
import { users } from '@/db/schema/people';
import { webhookEvents } from '@/db/schema/webhooks';
import { getEnv } from '@/env';
import { recordAudit } from '@/lib/audit/record-audit';
import { makeCustomer } from '@/testing/make-customer';
import { eraseCompany } from './erase-company';

afterAll(() => {
  getEnv().ERASED_EVIDENCE = 'keep';
});

const by = { kind: 'command', name: 'erase' } as const;

/** A business with a row in every table that can name one. */
async function makeKnown(values: Partial<typeof companies.$inferInsert> = {}) {
  const customer = await makeCustomer({ codatDeletedAt: new Date(), ...values });
  const { companyId, codatCompanyId, actor } = customer;
  const { userId } = actor;
  const db = getDb();
  const connectionId = crypto.randomUUID();
  await db.insert(connections).values({
    id: connectionId,
    companyId,
    platformName: 'Xero',
    sourceType: 'Accounting',
    status: 'Linked',
  });
  const occurredAt = new Date();
  await db
    .insert(connectionStatusChanges)
    .values({ companyId, connectionId, source: 'read', toStatus: 'Linked', occurredAt });
  await db.insert(consents).values({
    ...{ companyId, userId, textVersion: '1', textSha256: 'x' },
    ...{ ipAddress: '203.0.113.7', userAgent: 'Firefox' },
  });
  await db
    .insert(linkSessions)
    .values({ companyId, userId, stateHash: crypto.randomUUID(), expiresAt: occurredAt });
  await db.insert(webhookEvents).values({
    webhookId: crypto.randomUUID(),
    eventType: 'company.deleted',
    codatCompanyId,
    payload: { name: 'Test Company' },
  });
  await recordAudit(db, by, { action: 'company.rename', companyId, subject: 'Test Company' });
  return customer;
}

/** Every row of every table that holds the text anywhere. */
async function findText(text: string): Promise<string[]> {
  const db = getDb();
  const { rows: tables } = await db.execute<{ name: string }>(sql`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await db.execute(
      sql`select 1 from ${sql.raw(name)} as t where t::text like ${`%${text}%`} limit 1`,
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

it.each([
  ['keep', ['public.audit_entries', 'public.consents']],
  ['erase', ['public.audit_entries']],
] as const)(
  'leaves only what staff did, and receipts if told to %s them, without names',
  async (evidence, left) => {
    getEnv().ERASED_EVIDENCE = evidence;
    const { companyId, codatCompanyId, actor } = await makeKnown();
    expect(await findText(actor.userId)).not.toEqual([]);
    const erased = { people: 1, consents: 1, evidence, events: 1 };
    expect(await eraseCompany(by, companyId)).toEqual(erased);
    expect(await findText(actor.userId)).toEqual([]);
    expect(await findText(codatCompanyId)).toEqual([]);
    expect((await findText(companyId)).sort()).toEqual(left);
    const receipts = await getDb().select().from(consents).where(eq(consents.companyId, companyId));
    expect(receipts).toHaveLength(left.length - 1);
    for (const receipt of receipts) {
      expect(receipt).toMatchObject({ textVersion: '1', textSha256: 'x', userId: null });
      expect(receipt).toMatchObject({ ipAddress: null, userAgent: null });
    }
    const entries = await getDb()
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.companyId, companyId))
      .orderBy(auditEntries.id);
    expect(entries).toMatchObject([
      { action: 'company.rename', subject: '', detail: {} },
      { action: 'company.erase', actorName: 'erase', detail: { people: 1 } },
    ]);
  },
);

it('keeps people who belong elsewhere, and everything of other businesses', async () => {
  const [gone, other] = [await makeKnown(), await makeKnown()];
  const { userId } = gone.actor;
  await getDb().insert(memberships).values({ companyId: other.companyId, userId });
  expect(await eraseCompany(by, gone.companyId)).toMatchObject({ people: 0 });
  expect(await getDb().select().from(users).where(eq(users.id, userId))).toHaveLength(1);
  for (const table of [consents, connections, connectionStatusChanges, linkSessions]) {
    const rows = await getDb().select().from(table).where(eq(table.companyId, other.companyId));
    expect(rows).toHaveLength(1);
  }
});

it('refuses one that Codat still has, and one that nobody knows', async () => {
  const { companyId } = await makeKnown({ codatDeletedAt: null });
  await expect(eraseCompany(by, companyId)).rejects.toMatchObject({ code: 'conflict' });
  await expect(eraseCompany(by, crypto.randomUUID())).rejects.toMatchObject({ code: 'not-found' });
  expect(await getDb().select().from(companies).where(eq(companies.id, companyId))).toHaveLength(1);
});
