import { desc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { setCompany } from '@/testing/company-rows';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { exportCompanies } from './export-companies';
import { companyListSchema } from './schemas';

type Values = Record<string, string>;
const auditor = await makeOperator('auditor');
const start = (values: Values, actor = auditor) =>
  exportCompanies(actor, companyListSchema.parse(values), noContext, 'en');

async function whole(values: Values): Promise<string> {
  let text = '';
  for await (const part of await start(values)) text += part;
  return text;
}

const lines = (text: string) => text.split('\r\n').slice(1, -1);
const idsOf = (text: string) => lines(text).map((line) => line.slice(0, 36));

/** As many companies as are wanted, found by a tag of their own. */
async function insert(tag: string, count: number, name = 'Company'): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, i) => ({
    id: crypto.randomUUID(),
    name: `${name} ${i}`,
    tags: { batch: tag },
  }));
  await getDb().insert(companies).values(rows);
  const ids = rows.map(({ id }) => id);
  await rollUpCompanies(getDb(), ids);
  return ids;
}

const mark = () => crypto.randomUUID().slice(0, 8);

describe('exportCompanies', () => {
  it('writes what the list shows, and more, for a spreadsheet', async () => {
    const { companyId, codatCompanyId, actor } = await makeCustomer({
      name: '=cmd|"calc", Ltd',
      tags: { note: '@evil', region: 'uk' },
    });
    const own = { companyId, platformName: 'Xero', sourceType: 'Accounting', platformKey: 'gbol' };
    await getDb()
      .insert(connections)
      .values([
        { ...own, id: crypto.randomUUID(), status: 'Linked' },
        {
          ...own,
          ...{ id: crypto.randomUUID(), platformName: 'Sage', status: 'Linked' },
          ...{ stoppedWhy: 'overdue', stoppedSince: new Date() },
        },
        { ...own, id: crypto.randomUUID(), status: 'Gone', removedAt: new Date() },
      ]);
    await rollUpCompanies(getDb(), [companyId]);
    const text = await whole({ q: companyId });
    expect(text.startsWith('\uFEFFPortal ID,Company,Owner,State,')).toBe(true);
    const [line = '', ...rest] = lines(text);
    expect(rest).toEqual([]);
    expect(line).toContain(`${companyId},"'=cmd|""calc"", Ltd",${actor.email},Data has stopped,`);
    expect(line).toMatch(/,2,(Xero: Connected; Sage: Data has stopped|Sage: .*; Xero: Connected),/);
    expect(line).toContain(`${codatCompanyId},Set up,,note=@evil; region=uk`);
    expect(line).toMatch(/,20\d\d-\d\d-\d\dT[\d:.]+Z,/);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('writes every company of every batch once, in order', async () => {
    const tag = mark();
    const ids = await insert(tag, 2500);
    for (const sort of ['created', '-created', 'name', 'state']) {
      const exported = idsOf(await whole({ tag: `batch=${tag}`, sort }));
      expect(exported).toHaveLength(2500);
      expect(new Set(exported)).toEqual(new Set(ids));
      const { rows } = await getDb().execute<{ ids: string[] }>(`select array_agg(id order by
        ${{ name: 'lower(name),', state: 'attention_rank, attention_since,' }[sort] ?? 'created_at,'} id)
        as ids from (select *, company_id as id from company_list) as listed where tags ->> 'batch' = '${tag}'`);
      const expected = rows[0]?.ids ?? [];
      expect(exported).toEqual(sort === '-created' ? expected.toReversed() : expected);
    }
  });

  it('neither loses nor repeats what moves in the order during the export', async () => {
    const tag = mark();
    const ids = await insert(tag, 2500);
    const parts = await start({ tag: `batch=${tag}`, sort: 'since' });
    let text = '';
    for (let taken = 0; taken < 2; taken += 1) text += (await parts.next()).value;
    const exported = idsOf(text);
    const [seen, unseen] = [exported[10] ?? '', ids.find((id) => !exported.includes(id)) ?? ''];
    // The one shall come again, the other never.
    await setCompany(seen, { attentionSince: new Date() });
    const first = exported[0] ?? '';
    await setCompany(unseen, { attentionSince: new Date(0) });
    for await (const part of parts) text += part;
    const all = idsOf(text);
    expect(all).toHaveLength(2500);
    expect(new Set(all).size).toBe(2500);
    expect(all[0]).toBe(first);
    expect(all.at(-1)).toBe(unseen);
  });

  it('is audited before the first line, with what was asked for', async () => {
    const tag = mark();
    const parts = await start({ tag, status: 'ok', sort: 'name', after: 'x' });
    const [entry] = await getDb()
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.actorId, auditor.userId))
      .orderBy(desc(auditEntries.id))
      .limit(1);
    expect(entry).toMatchObject({
      action: 'export.companies',
      actorName: auditor.email,
      detail: { tag, status: 'ok', sort: 'name' },
    });
    await parts.return(undefined);
  });

  it('needs the permission to export lists', async () => {
    const { actor } = await makeCustomer();
    const support = await makeOperator('support');
    for (const other of [actor, support]) {
      await expect(start({}, other)).rejects.toMatchObject({ code: 'not-found' });
      const own = eq(auditEntries.actorId, other.userId);
      expect(await getDb().select().from(auditEntries).where(own)).toEqual([]);
    }
  });
});
