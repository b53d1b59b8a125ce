import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { recordAudit } from './record-audit';

const onlyAdded = { cause: { code: '23001' } };

async function recorded(): Promise<string> {
  const companyId = crypto.randomUUID();
  const actor = { kind: 'person', userId: crypto.randomUUID(), email: 'a@example.com' } as const;
  await recordAudit(getDb(), actor, {
    action: 'company.rename',
    companyId,
    subject: 'Old name',
    detail: { to: 'New name' },
    context: { requestId: 'r-1', ipAddress: null },
  });
  return companyId;
}

test('an entry tells who did what to what, and when', async () => {
  const companyId = await recorded();
  const [entry] = await getDb()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.companyId, companyId));
  expect(entry).toMatchObject({
    actorKind: 'person',
    actorName: 'a@example.com',
    action: 'company.rename',
    subject: 'Old name',
    detail: { to: 'New name' },
    requestId: 'r-1',
    at: expect.any(Date),
  });
});

test('no entry is ever changed or taken away', async () => {
  const mine = eq(auditEntries.companyId, await recorded());
  const changed = getDb().update(auditEntries).set({ subject: 'other' }).where(mine);
  await expect(changed).rejects.toMatchObject(onlyAdded);
  await expect(getDb().delete(auditEntries).where(mine)).rejects.toMatchObject(onlyAdded);
  await expect(getDb().execute(sql`truncate audit_entries`)).rejects.toMatchObject(onlyAdded);
});

test('what the law wants erased can be, on purpose', async () => {
  const mine = eq(auditEntries.companyId, await recorded());
  await getDb().transaction(async (tx) => {
    await tx.execute(sql`set local portal.erasing = 'on'`);
    await tx.delete(auditEntries).where(mine);
  });
  expect(await getDb().select().from(auditEntries).where(mine)).toEqual([]);
});
