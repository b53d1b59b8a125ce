import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { sessions, users } from '@/db/schema/people';
import { noContext } from '@/testing/make-customer';
import { openSession, sealSession } from './cookie';
import { loadActor } from './load-actor';
import { hashPassword, isCommonPassword, verifyPassword } from './password';
import { endSession, signIn } from './sign-in';

async function makeUser(values: Partial<typeof users.$inferInsert> = {}) {
  const email = `${crypto.randomUUID()}@example.com`;
  const passwordHash = await hashPassword('correct horse');
  const [user] = await getDb()
    .insert(users)
    .values({ email, name: 'N', passwordHash, ...values })
    .returning();
  if (!user) throw new Error('no user');
  return user;
}

describe('signIn', () => {
  it('starts a session that is loaded, and is over once ended', async () => {
    const user = await makeUser();
    const { sessionId } = await signIn({ email: user.email, password: 'correct horse' }, noContext);
    const actor = await loadActor(getDb(), sessionId);
    expect(actor).toMatchObject({ userId: user.id, companies: [], operatorRole: null });
    if (actor) await endSession(actor);
    expect(await loadActor(getDb(), sessionId)).toBeNull();
  });

  it('gives the same answer for a wrong password, an unknown address and a disabled account', async () => {
    const user = await makeUser();
    const disabled = await makeUser({ disabledAt: new Date() });
    const sso = await makeUser({ passwordHash: null });
    for (const [email, password] of [
      [user.email, 'wrong horse'],
      ['nobody@example.com', 'correct horse'],
      [disabled.email, 'correct horse'],
      [sso.email, ''],
    ] as const) {
      await expect(signIn({ email, password }, noContext)).rejects.toMatchObject({
        code: 'not-allowed',
        ref: { messageKey: 'errors.signInFailed' },
      });
    }
  });

  it('slows guessing down', async () => {
    const user = await makeUser();
    const guess = () => signIn({ email: user.email, password: 'wrong' }, noContext);
    for (let i = 0; i < 10; i += 1)
      await expect(guess()).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(guess()).rejects.toMatchObject({ code: 'throttled' });
  });
});

describe('a session', () => {
  it('dies when it expires and when the person is disabled', async () => {
    const user = await makeUser();
    const { sessionId } = await signIn({ email: user.email, password: 'correct horse' }, noContext);
    await getDb().update(users).set({ disabledAt: new Date() }).where(eq(users.id, user.id));
    expect(await loadActor(getDb(), sessionId)).toBeNull();
    await getDb().update(users).set({ disabledAt: null }).where(eq(users.id, user.id));
    expect(await loadActor(getDb(), sessionId)).not.toBeNull();
    await getDb().update(sessions).set({ expiresAt: new Date() }).where(eq(sessions.id, sessionId));
    expect(await loadActor(getDb(), sessionId)).toBeNull();
  });

  it('is sealed: rubbish and other keys open nothing', async () => {
    const sealed = await sealSession('session-1', 'user-1');
    expect(await openSession(sealed)).toBe('session-1');
    expect(await openSession(`${sealed.slice(0, -3)}AAA`)).toBeNull();
    expect(await openSession('')).toBeNull();
  });
});

describe('passwords', () => {
  it('are kept as argon2id', async () => {
    const hash = await hashPassword('correct horse');
    expect(hash).toMatch(/^\$argon2id\$/);
    expect(await verifyPassword(hash, 'correct horse')).toBe(true);
    expect(await verifyPassword(hash, 'Correct horse')).toBe(false);
    expect(await verifyPassword(null, 'correct horse')).toBe(false);
    expect(await verifyPassword('rubbish', 'correct horse')).toBe(false);
  });

  it('may not be among the most common ones, in whatever case', () => {
    for (const common of ['qwertyuiop', '1q2w3e4r5t', 'Password123', 'PIANOFORTE']) {
      expect(isCommonPassword(common)).toBe(true);
    }
    expect(isCommonPassword('demo-password-1')).toBe(false);
  });
});
