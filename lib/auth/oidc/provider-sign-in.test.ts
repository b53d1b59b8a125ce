import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { operatorRoles, userIdentities, users } from '@/db/schema/people';
import { getEnv } from '@/env';
import { can } from '@/lib/actor';
import { loadActor } from '@/lib/auth/load-actor';
import { hashPassword } from '@/lib/auth/password';
import { signIn } from '@/lib/auth/sign-in';
import { noContext } from '@/testing/make-customer';
import { type ProviderIdentity, signInWithProvider } from './provider-sign-in';

const password = 'correct horse';
const newEmail = () => `${crypto.randomUUID()}@example.com`;

function identity(changes: Partial<ProviderIdentity> = {}): ProviderIdentity {
  return {
    issuer: 'https://login.example.com',
    subject: crypto.randomUUID(),
    email: newEmail(),
    emailVerified: true,
    name: 'Grace Hopper',
    ...changes,
  };
}

const enter = (who: ProviderIdentity) => signInWithProvider(who, noContext);
const alive = async (sessionId: string) => (await loadActor(getDb(), sessionId)) !== null;

/** Somebody who has signed up with this address and a password, proved or not, and is signed in. */
async function makeAccount(email: string, values: Partial<typeof users.$inferInsert> = {}) {
  const passwordHash = await hashPassword(password);
  const [user] = await getDb()
    .insert(users)
    .values({ email, name: 'Mallory', passwordHash, ...values })
    .returning({ id: users.id });
  const session = await signIn({ email, password }, noContext);
  return { userId: user?.id ?? '', sessionId: session.sessionId };
}

describe('somebody new', () => {
  it('gets an account, and the same one again', async () => {
    const who = identity({ email: ` ${newEmail().toUpperCase()} ` });
    const first = await enter(who);
    const second = await enter({ ...who, email: newEmail(), name: 'Another Name' });
    expect(second.userId).toBe(first.userId);
    expect(second.sessionId).not.toBe(first.sessionId);
    expect(await loadActor(getDb(), first.sessionId)).toMatchObject({
      name: 'Grace Hopper',
      email: who.email?.trim().toLowerCase(),
      operatorRole: null,
    });
  });

  it('gets one account from two tabs at once', async () => {
    const who = identity();
    const sessions = await Promise.all([enter(who), enter(who), enter(who), enter(who)]);
    expect(new Set(sessions.map(({ userId }) => userId)).size).toBe(1);
  });

  it('is somebody else with the same subject at another issuer', async () => {
    const who = identity();
    const other = { ...who, issuer: 'https://other.example.com', email: newEmail() };
    expect((await enter(other)).userId).not.toBe((await enter(who)).userId);
  });

  it('needs an address', async () => {
    for (const email of [null, 'not an address']) {
      await expect(enter(identity({ email }))).rejects.toMatchObject({
        code: 'not-allowed',
        ref: { messageKey: 'errors.providerNoEmail' },
      });
    }
  });
});

describe('an address that has an account', () => {
  it('is never linked without the provider’s word', async () => {
    const email = newEmail();
    const { sessionId, userId } = await makeAccount(email);
    await expect(enter(identity({ email, emailVerified: false }))).rejects.toMatchObject({
      code: 'conflict',
      ref: { messageKey: 'errors.providerEmailTaken' },
    });
    expect(await alive(sessionId)).toBe(true);
    const linked = await getDb()
      .select()
      .from(userIdentities)
      .where(eq(userIdentities.userId, userId));
    expect(linked).toEqual([]);
  });

  it('is linked with it, and password and sessions of before are void', async () => {
    const email = newEmail();
    const before = await makeAccount(email);
    const session = await enter(identity({ email }));
    expect(session.userId).toBe(before.userId);
    expect(await alive(before.sessionId)).toBe(false);
    expect(await alive(session.sessionId)).toBe(true);
    await expect(signIn({ email, password }, noContext)).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('voids the identity of a person who used the address unverified before', async () => {
    const email = newEmail();
    const squatter = identity({ email, emailVerified: false });
    const squatted = await enter(squatter);
    const owner = await enter(identity({ email }));
    expect(owner.userId).toBe(squatted.userId);
    expect(await alive(squatted.sessionId)).toBe(false);
    await expect(enter(squatter)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('follows the address to its new owner', async () => {
    const email = newEmail();
    const former = await enter(identity({ email }));
    const present = await enter(identity({ email }));
    expect(present.userId).toBe(former.userId);
    expect(await alive(former.sessionId)).toBe(false);
  });

  it('keeps other sessions of one who was proved before', async () => {
    const who = identity();
    const first = await enter(who);
    await enter(who);
    expect(await alive(first.sessionId)).toBe(true);
  });

  it('stays shut when it is disabled, and nothing is linked', async () => {
    const email = newEmail();
    const { userId } = await makeAccount(email);
    await getDb().update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId));
    await expect(enter(identity({ email }))).rejects.toMatchObject({
      ref: { messageKey: 'errors.providerRefused' },
    });
    const [row] = await getDb().select().from(users).where(eq(users.id, userId));
    expect(row?.passwordHash).not.toBeNull();
  });
});

describe('ADMIN_EMAILS', () => {
  const admins = getEnv().ADMIN_EMAILS;
  const listed = newEmail();
  beforeAll(() => void admins.push(listed));
  afterAll(() => void admins.pop());

  const isAdmin = async (sessionId: string) => {
    const actor = await loadActor(getDb(), sessionId);
    return actor !== null && can(actor, 'companies:write');
  };

  it('make nobody an admin who only says so, and the owner of the address when they come', async () => {
    const attacker = await makeAccount(listed);
    expect(await isAdmin(attacker.sessionId)).toBe(false);
    await expect(enter(identity({ email: listed, emailVerified: false }))).rejects.toBeDefined();

    const who = identity({ email: listed.toUpperCase() });
    const owner = await enter(who);
    expect(await isAdmin(owner.sessionId)).toBe(true);
    await enter(who);
    const told = await getDb()
      .select({ name: auditEntries.actorName, detail: auditEntries.detail })
      .from(auditEntries)
      .where(eq(auditEntries.subject, listed));
    expect(told).toEqual([{ name: 'ADMIN_EMAILS', detail: { role: 'admin', before: null } }]);
    expect(await alive(attacker.sessionId)).toBe(false);
    await expect(signIn({ email: listed, password }, noContext)).rejects.toBeDefined();
  });

  it('refuse an address that the provider does not vouch for, and make no account of it', async () => {
    const email = newEmail();
    admins.push(email);
    const who = identity({ email, emailVerified: false });
    await expect(enter(who)).rejects.toMatchObject({
      code: 'not-allowed',
      ref: { messageKey: 'errors.providerUnverified' },
    });
    expect(await getDb().$count(users, eq(users.email, email))).toBe(0);
    // Staff already, by an invitation or the provider's word of before, they get in.
    const session = await enter({ ...who, emailVerified: true });
    expect((await enter(who)).userId).toBe(session.userId);
    admins.pop();
  });

  it('do not follow an identity whose account has another address', async () => {
    const who = identity();
    await enter(who);
    const later = await enter({ ...who, email: listed });
    expect(await isAdmin(later.sessionId)).toBe(false);
    const rows = await getDb()
      .select()
      .from(operatorRoles)
      .where(eq(operatorRoles.userId, later.userId));
    expect(rows).toEqual([]);
  });
});
