import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { getDb } from '@/db/client';
import { memberships } from '@/db/schema/companies';
import { operatorRoles, sessions, users } from '@/db/schema/people';
import type { Actor } from '@/lib/actor';
import { captureQueries } from '@/testing/capture-queries';
import { makeCustomer } from '@/testing/make-customer';
import { stopListening, subscribe } from './listener';
import { watchSession } from './session-watch';

// The connection is there once it has said that something may have been missed before it.
beforeAll(() => new Promise<void>((resolve) => void subscribe(() => resolve())));
afterAll(stopListening);

/** Before all sessions are looked at anyway, 3 s after the first is watched. */
const toldSoon = { timeout: 2_000, interval: 20 };

async function watch() {
  const { actor } = await makeCustomer();
  const onAlive = vi.fn<(actor: Actor) => void>();
  const onEnd = vi.fn();
  return { actor, onAlive, onEnd, stop: watchSession({ actor, onAlive, onEnd }) };
}

const ends: Record<string, (actor: Actor) => Promise<unknown>> = {
  'it is ended': ({ sessionId }) =>
    getDb().update(sessions).set({ endedAt: new Date() }).where(eq(sessions.id, sessionId)),
  'it is deleted': ({ sessionId }) => getDb().delete(sessions).where(eq(sessions.id, sessionId)),
  'its person is disabled': ({ userId }) =>
    getDb().update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId)),
};

describe.each(Object.entries(ends))('when %s', (_name, end) => {
  it('the watcher hears of it at once, and nobody else', async () => {
    const [own, other] = [await watch(), await watch()];
    await end(own.actor);
    await vi.waitFor(() => expect(own.onEnd).toHaveBeenCalledOnce(), toldSoon);
    expect(other.onEnd).not.toHaveBeenCalled();
    own.stop();
    other.stop();
  });
});

const changes: Record<string, { make: (actor: Actor) => Promise<unknown>; now: Partial<Actor> }> = {
  'a role is granted': {
    make: ({ userId }) => getDb().insert(operatorRoles).values({ userId, role: 'support' }),
    now: { operatorRole: 'support' },
  },
  'a membership ends': {
    make: ({ userId }) =>
      getDb()
        .update(memberships)
        .set({ removedAt: new Date() })
        .where(eq(memberships.userId, userId)),
    now: { companies: [] },
  },
};

it.each(Object.entries(changes))('tells at once when %s', async (_name, { make, now }) => {
  const { actor, onAlive, onEnd, stop } = await watch();
  await make(actor);
  await vi.waitFor(
    () => expect(onAlive).toHaveBeenCalledWith(expect.objectContaining(now)),
    toldSoon,
  );
  expect(onEnd).not.toHaveBeenCalled();
  stop();
});

it('asks once for all sessions of a process', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, watch));
  const asked = await captureQueries(() =>
    vi.waitFor(() => {
      for (const { onAlive } of all) expect(onAlive).toHaveBeenCalled();
    }, 10_000),
  );
  expect(asked.filter(({ toSQL }) => toSQL().sql.includes('"sessions"'))).toHaveLength(1);
  for (const { stop } of all) stop();
});
