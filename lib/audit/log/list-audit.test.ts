import { and, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { recordAudit } from '@/lib/audit/record-audit';
import { beyond } from '@/lib/lists/time-cursor';
import { explain } from '@/testing/explain';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { auditOrder, auditPage, listAudit, listAuditActors, matchesAudit } from './list-audit';
import { auditListSchema } from './schemas';

const auditor = await makeOperator('auditor');
const list = (values: Record<string, unknown>, size?: number) =>
  listAudit(auditor, auditListSchema.parse(values), size);

describe('listAudit', () => {
  it('pages both ways without gaps or repeats', async () => {
    const actor = `test-${crypto.randomUUID()}`;
    const by = { kind: 'command', name: actor } as const;
    await getDb().transaction(async (tx) => {
      // All of one instant: the id alone orders them.
      for (let i = 0; i < 7; i += 1) {
        await recordAudit(tx, by, { action: 'company.tag', subject: String(i) });
      }
    });
    const subjects = (page: Awaited<ReturnType<typeof list>>) =>
      page.rows.map(({ subject }) => subject).join('');
    const first = await list({ actor }, 3);
    const second = await list({ actor, after: first.after }, 3);
    const third = await list({ actor, after: second.after }, 3);
    expect([first, second, third].map(subjects)).toEqual(['654', '321', '0']);
    expect(third.after).toBeNull();
    expect(subjects(await list({ actor, before: third.before }, 3))).toBe('321');
    const start = await list({ actor, before: second.before }, 3);
    expect([subjects(start), start.before]).toEqual(['654', null]);
    expect(await listAuditActors(auditor)).toContain(actor);
  });

  it('filters by action, who, either id of a company, and time', async () => {
    const { companyId, codatCompanyId } = await makeCustomer();
    const context = { ...noContext, requestId: 'r-1', ipAddress: '203.0.113.7' };
    await recordAudit(getDb(), auditor, {
      action: 'link.copy',
      companyId,
      subject: 'Xero',
      detail: { what: 'connection' },
      context,
    });
    const gone = crypto.randomUUID();
    await recordAudit(getDb(), auditor, { action: 'company.delete', companyId: gone });
    const entry = {
      actorKind: 'person',
      actorName: auditor.email,
      action: 'link.copy',
      companyId,
      companyName: 'Test Company',
      subject: 'Xero',
      detail: { what: 'connection' },
      requestId: 'r-1',
      ipAddress: '203.0.113.7',
    };
    for (const company of [companyId, ` ${companyId.toUpperCase()} `, codatCompanyId]) {
      expect((await list({ company })).rows).toMatchObject([entry]);
    }
    expect((await list({ company: gone })).rows).toMatchObject([{ companyName: null }]);
    const mine = { actor: auditor.email };
    expect((await list({ ...mine, action: 'link.copy' })).rows).toMatchObject([entry]);
    expect((await list({ ...mine, from: '2999-01-01T00:00' })).rows).toEqual([]);
    expect((await list({ ...mine, to: '2999-01-01T00:00' })).rows).toHaveLength(2);
  });

  it('survives rubbish in the URL, and finds nothing for an unknown actor', async () => {
    for (const rubbish of ['x', '1', "1.1'--", '9'.repeat(40), ['1.1', '2.2'], '\u0000']) {
      const all = { after: rubbish, action: rubbish, from: rubbish, to: rubbish };
      expect((await list({ ...all, company: 'nobody' })).rows).toEqual([]);
    }
  });

  it('needs the permission to read it', async () => {
    const { actor: customer } = await makeCustomer();
    for (const who of [customer, await makeOperator('support')]) {
      const input = auditListSchema.parse({});
      await expect(listAudit(who, input)).rejects.toMatchObject({ code: 'not-found' });
      await expect(listAuditActors(who)).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describe('with 100,000 entries', () => {
  const companyId = (n: number) => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;

  beforeAll(async () => {
    // In parts: a statement has seven seconds, also on a busy machine.
    for (let from = 1; from < 100_000; from += 10_000) {
      await getDb().execute(sql`
        insert into audit_entries (at, actor_kind, actor_name, action, company_id, detail)
        select now() - n * interval '1 minute', 'person', 'plan-' || (n % 20),
          case when n % 5000 = 0 then 'company.delete' else 'company.reread' end,
          ('00000000-0000-4000-9000-' || lpad((n % 5000)::text, 12, '0'))::uuid, '{}'
        from generate_series(${from}::int, ${from}::int + 9999) as n`);
    }
    await getDb().execute(sql`analyze audit_entries`);
  }, 120_000);

  afterAll(() =>
    getDb().transaction(async (tx) => {
      await tx.execute(sql`set local portal.erasing = 'on'`);
      await tx.execute(sql`delete from audit_entries where actor_name like 'plan-%'`);
    }),
  );

  const filters: Record<string, Record<string, string>> = {
    nothing: {},
    'a common action': { action: 'company.reread' },
    'a rare action': { action: 'company.delete' },
    somebody: { actor: 'plan-7' },
    'a company': { company: companyId(7) },
    'a company that nobody knows': { company: crypto.randomUUID() },
    'a rare action of somebody': { action: 'company.delete', actor: 'plan-7' },
    'a day': { from: '2026-01-01T00:00', to: '2026-01-01T23:59' },
  };
  for (const [name, values] of Object.entries(filters)) {
    it(`reads no table from end to end for ${name}`, async () => {
      const matching = await matchesAudit(auditListSchema.parse(values));
      const deep = { micros: String((Date.now() - 60 * 86_400_000) * 1000), id: '1' };
      for (const [backwards, place] of [
        [false, undefined],
        [false, beyond(auditOrder, '<', deep)],
        [true, beyond(auditOrder, '>', deep)],
      ] as const) {
        const { scannedTables, plan } = await explain(
          auditPage(and(matching, place), backwards, 51),
        );
        expect(
          scannedTables.filter((table) => table === 'audit_entries'),
          plan,
        ).toEqual([]);
      }
    });
  }
});
