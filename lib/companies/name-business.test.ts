import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { memberships } from '@/db/schema/companies';
import type { Actor } from '@/lib/actor';
import { loadActor } from '@/lib/auth/load-actor';
import { signInWithProvider } from '@/lib/auth/oidc/provider-sign-in';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { nameBusiness } from './name-business';

async function makeNewcomer(): Promise<Actor> {
  const subject = crypto.randomUUID();
  const email = `${subject}@example.com`;
  const who = { issuer: 'https://login.example.com', subject, email, emailVerified: true };
  const { sessionId } = await signInWithProvider({ ...who, name: null }, noContext);
  const actor = await loadActor(getDb(), sessionId);
  if (!actor) throw new Error('no actor');
  return actor;
}

const businessName = 'Bakery';
const membersOf = (userId: string) =>
  getDb().select().from(memberships).where(eq(memberships.userId, userId));

it('gives somebody without one their company, once', async () => {
  const actor = await makeNewcomer();
  await Promise.all([1, 2, 3].map(() => nameBusiness(actor, { businessName })));
  expect(await membersOf(actor.userId)).toHaveLength(1);
});

it('gives none to staff, members, and who has left', async () => {
  await expect(nameBusiness(await makeOperator('admin'), { businessName })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  const { actor } = await makeCustomer();
  await nameBusiness(actor, { businessName });
  expect(await membersOf(actor.userId)).toHaveLength(1);
  const removedAt = new Date();
  await getDb().update(memberships).set({ removedAt }).where(eq(memberships.userId, actor.userId));
  await expect(nameBusiness(actor, { businessName })).rejects.toMatchObject({
    code: 'not-allowed',
  });
});
