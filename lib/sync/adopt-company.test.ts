import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Db, getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies, consents, memberships } from '@/db/schema/companies';
import { connectionStatusChanges, connections, linkSessions } from '@/db/schema/connections';
import { sweeps } from '@/db/schema/sync';
import { webhookEvents } from '@/db/schema/webhooks';
import type { Actor } from '@/lib/actor';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { assignCompany } from '@/lib/companies/staff/assign-company';
import { deleteCompany } from '@/lib/companies/staff/delete-company';
import { ignoreCompany } from '@/lib/companies/staff/ignore-company';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { makeEvent } from '@/testing/make-event';
import { atOnce, runSweepStep } from './sweep/run-sweep';

let db: Db;
let codat: LocalCodat;
let admin: Actor;

beforeAll(async () => {
  codat = await startLocalCodat();
  db = getDb();
  await codat.control('PUT', '/settings', { initialReadDelayMs: 3_600_000 });
  admin = await makeOperator('admin');
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

async function send(method: string, path: string, body: unknown): Promise<{ id: string }> {
  const authorization = `Basic ${Buffer.from('test-key').toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const response = await fetch(codat.url + path, { method, headers, body: JSON.stringify(body) });
  return (await response.json()) as { id: string };
}

async function sweepAll(): Promise<void> {
  await db.delete(sweeps);
  expect(await runSweepStep(atOnce)).toBe('finished');
}

async function holderOf(codatCompanyId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.codatCompanyId, codatCompanyId));
  return row?.id;
}

/**
 * A customer whose company waits for its setup, and the same company at Codat, with a connection, that a
 * sweep found before it had its tag.
 */
async function makeFoundling() {
  const own = await makeCustomer({
    ...{
      codatCompanyId: null,
      createdAt: new Date(Date.now() - 61_000),
      attention: 'provisioning',
    },
  });
  const { id: codatCompanyId } = await send('POST', '/companies', { name: 'Walk-in' });
  const path = `/companies/${codatCompanyId}/connections`;
  const made = await codat.control('POST', path, { platformKey: 'gbol', status: 'Linked' });
  await sweepAll();
  const foundId = (await holderOf(codatCompanyId)) ?? '';
  const tag = () => send('PATCH', `/companies/${codatCompanyId}`, { tags: { uid: own.companyId } });
  return { ...own, codatCompanyId, foundId, connectionId: (made as { id: string }).id, tag };
}

/** A row in every table that names a company, as far as the sweep has made none. */
async function addEvidence(companyId: string, codatCompanyId: string, userId: string) {
  const expiresAt = new Date();
  await db.insert(consents).values({ companyId, userId, textVersion: '1', textSha256: 'x' });
  await db
    .insert(linkSessions)
    .values({ companyId, userId, stateHash: crypto.randomUUID(), expiresAt });
  await makeEvent({ companyId, codatCompanyId, state: 'processed' });
}

const evidence = [consents, linkSessions, webhookEvents, connections, connectionStatusChanges];

describe('a company that was found before its tag', () => {
  const ways: [string, (companyId: string) => Promise<unknown>][] = [
    ['its setup', (companyId) => provisionCompany(companyId)],
    ['the next sweep', () => sweepAll()],
  ];

  it.each(ways)('is merged into the one that waits for it by %s', async (_name, run) => {
    const { actor, companyId, codatCompanyId, foundId, connectionId, tag } = await makeFoundling();
    await addEvidence(foundId, codatCompanyId, actor.userId);
    await ignoreCompany(admin, foundId, noContext);
    await tag();
    await run(companyId);
    expect(await storedCompany(companyId)).toMatchObject({
      ...{ codatCompanyId, attention: 'ok', provisionProblem: null, ignoredAt: null },
      ownerEmail: actor.email,
    });
    expect(await db.$count(companies, eq(companies.id, foundId))).toBe(0);
    for (const table of evidence) {
      expect(await db.$count(table, eq(table.companyId, companyId))).toBe(1);
      expect(await db.$count(table, eq(table.companyId, foundId))).toBe(0);
    }
    const [connection] = await db
      .select()
      .from(connections)
      .where(eq(connections.id, connectionId));
    expect(connection).toMatchObject({ companyId, status: 'Linked', removedAt: null });
    const actions = await db
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(eq(auditEntries.companyId, companyId))
      .orderBy(auditEntries.id);
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['company.ignore', 'company.merge']),
    );
    await sweepAll();
    expect(await holderOf(codatCompanyId)).toBe(companyId);
  });

  it('is merged with what its owner has seen of it since staff assigned it to them', async () => {
    const { actor, companyId, codatCompanyId, foundId, tag } = await makeFoundling();
    await assignCompany(admin, { companyId: foundId, email: actor.email }, noContext);
    await tag();
    expect(await provisionCompany(companyId)).toBe('ready');
    expect(await holderOf(codatCompanyId)).toBe(companyId);
    expect(await db.$count(memberships, eq(memberships.userId, actor.userId))).toBe(1);
  });

  it('stays whose it is if staff gave it to another customer, and staff can end the setup', async () => {
    const { companyId, codatCompanyId, foundId, tag } = await makeFoundling();
    const other = await makeCustomer();
    await assignCompany(admin, { companyId: foundId, email: other.actor.email }, noContext);
    await tag();
    expect(await provisionCompany(companyId)).toBe('failed');
    await sweepAll();
    expect(await holderOf(codatCompanyId)).toBe(foundId);
    const waiting = await storedCompany(companyId);
    expect(waiting).toMatchObject({ codatCompanyId: null, provisionProblem: 'setupTaken' });
    expect((await storedCompany(foundId)).ownerEmail).toBe(other.actor.email);
    await deleteCompany(admin, { companyId, typed: waiting.name }, noContext);
    await sweepAll();
    expect(await storedCompany(foundId)).toMatchObject({ attention: 'ok', connectionCount: 1 });
  });

  // What names a company is found by the column's name.
  it('is named in every table by the same column', async () => {
    const { rows } = await db.execute<{ table_name: string; column_name: string }>(sql`
      select relname as table_name, attname as column_name
      from pg_constraint join pg_class on pg_class.oid = conrelid
        join pg_attribute on attrelid = conrelid and attnum = any(conkey)
      where contype = 'f' and confrelid = 'companies'::regclass`);
    expect(rows.length).toBeGreaterThan(7);
    for (const { table_name, column_name } of rows) {
      expect(column_name, table_name).toBe('company_id');
    }
  });
});

it('a company is here as a whole or not at all', async () => {
  const { id: codatCompanyId } = await send('POST', '/companies', { name: 'Interrupted' });
  const path = `/companies/${codatCompanyId}/connections`;
  const made = await codat.control('POST', path, { platformKey: 'gbol', status: 'Linked' });
  await db.execute(sql`
    create function die() returns trigger language plpgsql as
      $$ begin raise exception 'died'; end $$`);
  await db.execute(
    sql.raw(`create trigger die before insert on connections for each row
      when (new.id = '${(made as { id: string }).id}') execute function die()`),
  );
  try {
    await sweepAll();
    expect(await holderOf(codatCompanyId)).toBeUndefined();
  } finally {
    await db.execute(sql`drop function die() cascade`);
  }
  await sweepAll();
  const companyId = (await holderOf(codatCompanyId)) ?? '';
  const { attention, searchText } = await storedCompany(companyId);
  expect(attention).toBe('ok');
  expect(searchText).toContain('interrupted');
});
