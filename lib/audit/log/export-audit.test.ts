import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { recordAudit } from '@/lib/audit/record-audit';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { exportAudit } from './export-audit';
import { auditFilterSchema } from './schemas';

const filter = (values: Record<string, string>) => auditFilterSchema.parse(values);

async function fileOf(parts: AsyncGenerator<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

it('writes what matches, leaves nothing for a spreadsheet to run, and is an entry itself', async () => {
  const auditor = await makeOperator('auditor');
  const { companyId } = await makeCustomer({ name: '=1+1' });
  await recordAudit(getDb(), auditor, {
    action: 'company.rename',
    companyId,
    subject: '=HYPERLINK("https://evil.example")',
    detail: { to: 'A, "B"' },
    context: { requestId: 'r-9', ipAddress: '203.0.113.9' },
  });
  const context = { ...noContext, requestId: 'r-10' };
  const file = await fileOf(await exportAudit(auditor, filter({ company: companyId }), context));
  const [head, line, ...rest] = file.split('\r\n');
  expect(head).toBe(
    '\uFEFFid,at,actor_kind,actor,action,company_id,company,subject,detail,request_id,ip_address',
  );
  expect(line).toContain(`,person,${auditor.email},company.rename,${companyId},'=1+1,`);
  expect(line).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  expect(line).toMatch(/,r-9,203\.0\.113\.9$/);
  expect(rest).toEqual(['']);
  const taken = await getDb()
    .select({ action: auditEntries.action, detail: auditEntries.detail })
    .from(auditEntries)
    .where(eq(auditEntries.requestId, 'r-10'));
  expect(taken).toEqual([{ action: 'export.audit', detail: { company: companyId } }]);
});

it('writes more than one part without gaps or repeats', async () => {
  const actor = `export-${crypto.randomUUID()}`;
  await getDb().execute(sql`
    insert into audit_entries (at, actor_kind, actor_name, action, subject, detail)
    select '2026-01-01', 'command', ${actor}, 'company.tag', n::text, '{}'
    from generate_series(1, 2500) as n`);
  const admin = await makeOperator('admin');
  const parts: string[] = [];
  for await (const part of await exportAudit(admin, filter({ actor }), noContext)) {
    parts.push(part);
  }
  expect(parts).toHaveLength(4);
  const lines = parts.join('').trim().split('\r\n').slice(1);
  const subjects = lines.map((line) => Number(line.split(',')[7]));
  expect(subjects).toEqual(Array.from({ length: 2500 }, (_, i) => 2500 - i));
});

it('needs the permission, and records nothing without it', async () => {
  const { actor: customer } = await makeCustomer();
  for (const who of [customer, await makeOperator('support')]) {
    const asked = exportAudit(who, filter({}), noContext);
    await expect(asked).rejects.toMatchObject({ code: 'not-found' });
    const recorded = eq(auditEntries.actorName, who.email);
    expect(await getDb().select().from(auditEntries).where(recorded)).toEqual([]);
  }
});
