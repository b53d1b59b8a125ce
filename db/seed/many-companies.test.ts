import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { drainDueReads } from '@/lib/sync/drain-reads';
import { beginRead } from '@/lib/sync/read-ticket';
import { requestRead } from '@/lib/sync/request-read';
import { rollUpMissing } from '@/lib/sync/roll-up';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeOwnDatabase } from '@/testing/own-database';
import { addManyCompanies } from './many-companies';

let codat: LocalCodat;
let dropDatabase: () => Promise<void>;

beforeAll(async () => {
  dropDatabase = await makeOwnDatabase('seeded');
  codat = await startLocalCodat();
  await addManyCompanies(getDb(), 2000, rollUpMissing);
}, 60_000);
afterAll(async () => {
  await codat.stop();
  await getDb().$client.end();
  await dropDatabase();
});

async function idsOf(query: string): Promise<string[]> {
  const { rows } = await getDb().execute<{ id: string }>(sql.raw(query));
  return rows.map(({ id }) => id);
}

it.each([
  ['needs_reconnect', 'Deauthorized'],
  ['unfinished', 'PendingAuth'],
])('a company that is %s is so since its connection is %s', async (attention, status) => {
  const ofState = `from company_list l join connections c on c.company_id = l.company_id
    where l.attention = '${attention}' and l.ignored_at is null`;
  expect((await idsOf(`select c.id ${ofState}`)).length).toBeGreaterThan(20);
  const late = `coalesce(c.status_changed_at, c.first_known_at) > l.attention_since`;
  expect(await idsOf(`select c.id ${ofState} and ${late}`)).toEqual([]);
  const cause = `c.status = '${status}' and c.status_changed_at = l.attention_since`;
  const unexplained = await idsOf(`select l.company_id as id from company_list l
    where l.attention = '${attention}' and l.ignored_at is null and not exists (
      select from connections c where c.company_id = l.company_id and ${cause})`);
  expect(unexplained).toEqual([]);
  expect(await idsOf(`select id from connections where linked_at > status_changed_at`)).toEqual([]);
});

it('Codat is never asked about them, whatever wants a read', async () => {
  await codat.control('DELETE', '/requests');
  const seeded = await idsOf(
    'select id from companies where codat_company_id is not null limit 50',
  );
  for (const id of seeded) await requestRead(getDb(), id, 0);
  // As earlier versions left them.
  await getDb().execute(sql`update company_reads set read_due_at = now()
    where company_id = ${seeded[0]}`);
  for (let i = 0; i < 3; i += 1) expect(await drainDueReads()).toBe(0);
  expect(await beginRead(getDb(), seeded[0] ?? '')).toBeNull();
  expect(await codat.calls()).toEqual([]);
});
