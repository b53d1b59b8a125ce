import { afterEach, expect, it, vi } from 'vitest';
import { receiveDelivery } from '@/lib/webhooks/inbox/receive';
import { sign } from '@/testing/sign-delivery';
import { watchDatabase } from './database-watch';
import { databaseNow, noteDatabaseClock } from './process-state';

afterEach(() => {
  vi.useRealTimers();
  noteDatabaseClock(0);
});

it.each([
  ['behind', -600_000],
  ['ahead', 600_000],
])(
  'a process ten minutes %s takes what is signed in time, and nothing older',
  async (_name, byMs) => {
    const now = Date.now();
    const fresh = sign(`msg_${crypto.randomUUID()}`, { eventType: 'a.b' });
    vi.useFakeTimers({ toFake: ['Date'], now: now + byMs });
    const asSigned = sign(`msg_${crypto.randomUUID()}`, { eventType: 'a.b' });
    const stop = watchDatabase();
    try {
      await expect.poll(() => Math.abs(databaseNow() - now)).toBeLessThan(10_000);
      expect(await receiveDelivery(fresh)).toBe(204);
      // Signed at the time that this process believes in.
      expect(await receiveDelivery(asSigned)).toBe(401);
    } finally {
      stop();
    }
  },
);
