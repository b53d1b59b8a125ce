import { eq } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { operatorRoles } from '@/db/schema/people';
import { loadActor } from '@/lib/auth/load-actor';
import { makeOperator, noContext } from '@/testing/make-customer';
import { revokeStaff } from './revoke-staff';
import { acceptStaffInvite, createStaffInvite } from './staff-invites';

const command = { kind: 'command', name: 'admin:revoke' } as const;
const revoke = (email: string, force = false) => revokeStaff(command, email, { force });
const roleOf = async (userId: string) =>
  (await getDb().select().from(operatorRoles).where(eq(operatorRoles.userId, userId)))[0]?.role;

beforeEach(() => getDb().delete(operatorRoles));

it('ends role, sessions and open invitations at once, and tells so', async () => {
  const [leaving] = [await makeOperator('admin'), await makeOperator('admin')];
  const token = await createStaffInvite(command, leaving.email, 'support');
  expect(await revoke(leaving.email)).toEqual({ role: 'admin', invites: 1 });
  expect(await loadActor(getDb(), leaving.sessionId)).toBeNull();
  expect(await roleOf(leaving.userId)).toBeUndefined();
  const again = acceptStaffInvite({ token, name: 'Ada', password: 'a good long one' }, noContext);
  await expect(again).rejects.toMatchObject({ code: 'conflict' });
  const told = await getDb()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subject, leaving.email));
  expect(told.map(({ action, detail }) => ({ action, detail }))).toEqual([
    { action: 'staff.invite', detail: { role: 'support' } },
    { action: 'staff.revoke', detail: { role: 'admin', invites: 1 } },
  ]);
});

it('voids an invitation that nobody has accepted yet', async () => {
  const email = `${crypto.randomUUID()}@example.com`;
  await createStaffInvite(command, email, 'admin');
  expect(await revoke(email)).toEqual({ role: null, invites: 1 });
  await expect(revoke(email)).rejects.toMatchObject({ code: 'not-found' });
});

it('leaves an admin, unless that is wanted', async () => {
  const [last, helper] = [await makeOperator('admin'), await makeOperator('support')];
  await expect(revoke(last.email)).rejects.toMatchObject({ code: 'conflict' });
  expect(await loadActor(getDb(), last.sessionId)).toMatchObject({ operatorRole: 'admin' });
  expect(await revoke(helper.email)).toMatchObject({ role: 'support' });
  expect(await revoke(last.email, true)).toMatchObject({ role: 'admin' });
});

it('leaves an admin when two are taken off at the same moment', async () => {
  const admins = [await makeOperator('admin'), await makeOperator('admin')];
  // Held until both are under way.
  const revoked = await getDb().transaction(async (tx) => {
    await tx.select().from(operatorRoles).for('update');
    const both = Promise.allSettled(admins.map(({ email }) => revoke(email)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { both };
  });
  const results = await revoked.both;
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await getDb().select().from(operatorRoles)).toHaveLength(1);
});
