import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { staffInvites, users } from '@/db/schema/people';
import { can } from '@/lib/actor';
import { loadActor } from '@/lib/auth/load-actor';
import { hashPassword } from '@/lib/auth/password';
import { signIn } from '@/lib/auth/sign-in';
import { noContext } from '@/testing/make-customer';
import { acceptStaffInvite, createStaffInvite, findStaffInvite } from './staff-invites';

const command = { kind: 'command', name: 'admin:invite' } as const;
const newEmail = () => `${crypto.randomUUID()}@example.com`;
const accept = (token: string) =>
  acceptStaffInvite({ token, name: 'Ada', password: 'chosen-by-the-owner' }, noContext);

it('makes its opener staff, once', async () => {
  const email = newEmail();
  const token = await createStaffInvite(command, email, 'admin');
  expect(await findStaffInvite(token)).toEqual({ email });
  const results = await Promise.allSettled([accept(token), accept(token), accept(token)]);
  const done = results.filter((result) => result.status === 'fulfilled');
  expect(done).toHaveLength(1);
  const actor = await loadActor(getDb(), done[0]?.value.sessionId ?? '');
  expect(actor && can(actor, 'companies:write')).toBe(true);
  expect(await findStaffInvite(token)).toBeNull();
});

it('keeps only a hash, and runs out', async () => {
  const email = newEmail();
  const token = await createStaffInvite(command, email, 'admin');
  const [row] = await getDb().select().from(staffInvites).where(eq(staffInvites.email, email));
  expect(JSON.stringify(row)).not.toContain(token);
  await getDb()
    .update(staffInvites)
    .set({ expiresAt: new Date() })
    .where(eq(staffInvites.email, email));
  await expect(accept(token)).rejects.toMatchObject({ code: 'conflict' });
});

it('voids what somebody who signed up with the address before had', async () => {
  const email = newEmail();
  const passwordHash = await hashPassword('the-attackers-own');
  await getDb().insert(users).values({ email, name: 'Mallory', passwordHash });
  const attacker = await signIn({ email, password: 'the-attackers-own' }, noContext);
  await accept(await createStaffInvite(command, email, 'admin'));
  expect(await loadActor(getDb(), attacker.sessionId)).toBeNull();
  await expect(signIn({ email, password: 'the-attackers-own' }, noContext)).rejects.toMatchObject({
    code: 'not-allowed',
  });
  expect(await signIn({ email, password: 'chosen-by-the-owner' }, noContext)).toBeDefined();
});

it('tells who was invited, and when they took a role in place of another', async () => {
  const email = newEmail();
  await accept(await createStaffInvite(command, email, 'auditor'));
  await accept(await createStaffInvite(command, email, 'support'));
  const told = await getDb()
    .select({
      kind: auditEntries.actorKind,
      name: auditEntries.actorName,
      action: auditEntries.action,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .where(eq(auditEntries.subject, email))
    .orderBy(auditEntries.id);
  const by = 'invitation';
  const invited = { kind: 'command', name: 'admin:invite', action: 'staff.invite' };
  const granted = { kind: 'person', name: email, action: 'staff.grant' };
  expect(told).toEqual([
    { ...invited, detail: { role: 'auditor' } },
    { ...granted, detail: { role: 'auditor', before: null, by } },
    { ...invited, detail: { role: 'support' } },
    { ...granted, detail: { role: 'support', before: 'auditor', by } },
  ]);
});
