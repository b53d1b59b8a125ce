import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { connect, getDb } from '@/db/client';
import { operatorRoles, sessions, users } from '@/db/schema/people';
import { getEnv } from '@/env';
import { type Actor, can } from '@/lib/actor';
import { openLiveStream } from '@/lib/live/stream';
import { noContext } from '@/testing/make-customer';
import { changePassword } from './change-password';
import { loadActor } from './load-actor';
import { endAllOwnSessions, endOwnSession, listOwnSessions, touchSession } from './own-sessions';
import { hashPassword } from './password';
import { endSession, signIn } from './sign-in';

const password = 'correct horse';
// What another process sees: its own connections, and nothing of this one's memory.
const otherProcess = connect(getEnv().DATABASE_URL, { max: 1 });
afterAll(() => otherProcess.$client.end());

async function enter(email: string, userAgent: string | null = null): Promise<Actor> {
  const { sessionId } = await signIn({ email, password }, { ...noContext, userAgent });
  const actor = await loadActor(getDb(), sessionId);
  if (!actor) throw new Error('no actor');
  return actor;
}

async function makeUser() {
  const email = `${crypto.randomUUID()}@example.com`;
  const passwordHash = await hashPassword(password);
  const [user] = await getDb().insert(users).values({ email, name: 'N', passwordHash }).returning();
  if (!user) throw new Error('no user');
  return user;
}

const aliveElsewhere = async (actor: Actor) =>
  (await loadActor(otherProcess, actor.sessionId)) !== null;

describe('own sessions', () => {
  it('are listed in words, the present one first', async () => {
    const { email } = await makeUser();
    await enter(email, 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0');
    await endSession(await enter(email));
    const actor = await enter(email);
    await enter(email, 'curl/8.5');
    const listed = await listOwnSessions(actor);
    expect(listed).toHaveLength(3);
    expect(listed[0]).toMatchObject({ id: actor.sessionId, current: true });
    expect(listed).toContainEqual(
      expect.objectContaining({ browser: 'Firefox', system: 'Linux', current: false }),
    );
    expect(JSON.stringify(listed)).not.toContain('Gecko');
  });

  it('end one by one, and nobody else’s', async () => {
    const { email } = await makeUser();
    const [actor, other] = [await enter(email), await enter(email)];
    const stranger = await enter((await makeUser()).email);
    for (const id of [stranger.sessionId, crypto.randomUUID()]) {
      await expect(endOwnSession(actor, id)).rejects.toMatchObject({ code: 'not-found' });
    }
    await endOwnSession(actor, other.sessionId);
    await expect(endOwnSession(actor, other.sessionId)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await Promise.all([actor, other, stranger].map(aliveElsewhere))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('are noted as in use at most every five minutes', async () => {
    const actor = await enter((await makeUser()).email);
    const seen = async () => (await listOwnSessions(actor))[0]?.lastSeenAt ?? '';
    const first = await seen();
    await touchSession(actor.sessionId);
    expect(await seen()).toBe(first);
    const lastSeenAt = new Date(Date.now() - 6 * 60_000);
    await getDb().update(sessions).set({ lastSeenAt }).where(eq(sessions.id, actor.sessionId));
    await touchSession(actor.sessionId);
    expect(Date.parse(await seen())).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe('on another process, at once, a session is over after', () => {
  const cases: [string, (actor: Actor) => Promise<unknown>][] = [
    ['signing out', endSession],
    ['signing out everywhere', endAllOwnSessions],
    [
      'being disabled',
      ({ userId }) =>
        getDb().update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId)),
    ],
    [
      'a change of password',
      (actor) =>
        changePassword(
          actor,
          { currentPassword: password, newPassword: 'nine lives of tin' },
          noContext,
        ),
    ],
  ];

  it.each(cases)('%s', async (_what, act) => {
    const actor = await enter((await makeUser()).email);
    expect(await aliveElsewhere(actor)).toBe(true);
    await act(actor);
    expect(await aliveElsewhere(actor)).toBe(false);
  });

  it.each(cases)('%s, and its live stream ends within 5 s', async (_what, act) => {
    const actor = await enter((await makeUser()).email);
    const reader = openLiveStream(actor, new AbortController().signal).getReader();
    await act(actor);
    const start = Date.now();
    let text = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += new TextDecoder().decode(part.value);
    }
    expect(text).toContain('event: end');
    expect(Date.now() - start).toBeLessThan(5000);
  });

  it('the loss of a role, as far as that role went', async () => {
    const user = await makeUser();
    await getDb().insert(operatorRoles).values({ userId: user.id, role: 'admin' });
    const { sessionId } = await enter(user.email);
    await getDb().delete(operatorRoles).where(eq(operatorRoles.userId, user.id));
    const left = await loadActor(otherProcess, sessionId);
    expect(left && can(left, 'companies:read')).toBe(false);
  });
});

describe('changePassword', () => {
  const change = (actor: Actor, currentPassword: string, newPassword: string) =>
    changePassword(actor, { currentPassword, newPassword }, noContext);

  it('gives this device a new session and ends all others', async () => {
    const user = await makeUser();
    const [actor, other] = [await enter(user.email), await enter(user.email)];
    const { sessionId } = await change(actor, password, 'nine lives of tin');
    expect(await loadActor(getDb(), sessionId)).toMatchObject({ userId: user.id });
    expect(await Promise.all([actor, other].map(aliveElsewhere))).toEqual([false, false]);
    await expect(enter(user.email)).rejects.toMatchObject({ code: 'not-allowed' });
    const entered = signIn({ email: user.email, password: 'nine lives of tin' }, noContext);
    await expect(entered).resolves.toBeDefined();
  });

  it('needs the present one, and wants a good new one', async () => {
    const actor = await enter((await makeUser()).email);
    await expect(change(actor, 'wrong', 'nine lives of tin')).rejects.toMatchObject({
      code: 'invalid',
      field: 'currentPassword',
    });
    await expect(change(actor, password, 'qwertyuiop')).rejects.toMatchObject({
      field: 'newPassword',
    });
    expect(await aliveElsewhere(actor)).toBe(true);
  });

  it('is won by one of two at once', async () => {
    const actor = await enter((await makeUser()).email);
    const results = await Promise.allSettled(
      ['one fine password', 'two fine passwords'].map((next) => change(actor, password, next)),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listOwnSessions(actor)).toHaveLength(1);
  });

  it('slows guessing the present one down', async () => {
    const actor = await enter((await makeUser()).email);
    for (let i = 0; i < 10; i += 1)
      await change(actor, 'wrong', 'nine lives of tin').catch(() => {});
    await expect(change(actor, password, 'nine lives of tin')).rejects.toMatchObject({
      code: 'throttled',
    });
  });
});
