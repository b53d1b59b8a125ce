import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, getDb } from '@/db/client';
import { codatQuota } from '@/db/schema/codat';
import { remember } from '@/lib/runtime/process-state';
import { forgetQuota } from '@/testing/local-codat';
import { noteAnswer, pagePauseMs, passGate, roomFor, sweepPauseMs } from './gate';
import { getBlock, lookAhead, mostCallsAMinute, takeCall } from './gate-state';
import type { CallPriority } from './transport';

const db = getDb();
const background = ['setup', 'read', 'sweep'] as const;
const calm = { probe: false, timeoutMs: Number.POSITIVE_INFINITY };

beforeEach(forgetQuota);
afterEach(forgetQuota);

/** How many of `count` calls the gate lets through at once. */
async function countTaken(priority: CallPriority, count: number, on = db): Promise<number> {
  const taken = await Promise.all(Array.from({ length: count }, () => takeCall(on, priority)));
  return taken.filter((one) => 'probe' in one).length;
}

const answer = (status: number, headers: Record<string, string> = {}) =>
  noteAnswer({ db }, calm, { status, headers: new Headers(headers) });
const quotaOf = (remaining: number, reset: string) => ({
  'x-rate-limit-limit': '1000',
  'x-rate-limit-remaining': String(remaining),
  'x-rate-limit-reset': reset,
});
/** Lets time pass for the gate, which knows no clock but the database's. */
const pass = (seconds: number) =>
  db.execute(sql`update codat_quota set
    blocked_until = blocked_until - ${seconds} * interval '1 second',
    probed_at = probed_at - ${seconds} * interval '1 second',
    reset_at = reset_at - ${seconds} * interval '1 second',
    paced_until = paced_until - ${seconds} * interval '1 second'`);
const stored = async () => (await db.select().from(codatQuota))[0];
const held = (priority: CallPriority) =>
  passGate({ priority, db }).then(
    () => null,
    (error: { kind: string; asked: boolean; retryAfterMs: number }) => error,
  );

describe('the calls of a minute', () => {
  it('leave room for the more urgent, and are one bucket for all processes', async () => {
    const other = connect(process.env.DATABASE_URL ?? '', { max: 5 });
    const both = async (priority: CallPriority) => {
      const taken = [countTaken(priority, 150), countTaken(priority, 150, other)];
      return (await Promise.all(taken)).reduce((sum, one) => sum + one, 0);
    };
    await takeCall(db, 'person');
    const startedAt = performance.now();
    const counts = [];
    for (const priority of ['sweep', 'read', 'setup', 'person'] as const) {
      counts.push(await both(priority));
    }
    await other.$client.end();
    // 30 each; the bucket fills by eight a second meanwhile.
    const refilled = Math.ceil((performance.now() - startedAt) / 125) + 1;
    const total = counts.reduce((sum, one) => sum + one, 0);
    expect(total).toBeGreaterThanOrEqual(119);
    expect(total).toBeLessThanOrEqual(119 + refilled);
    for (const count of counts) expect(count).toBeGreaterThanOrEqual(29);
    expect(await roomFor('read')).toBe(0);
  });

  it('are never more than the bucket, however they come', async () => {
    let taken = 0;
    for (let second = 0; second < 60; second += 1) {
      taken += await countTaken('person', 20);
      await pass(1);
    }
    expect(taken).toBeGreaterThan(mostCallsAMinute * 0.95);
    // What the loop itself takes of real time comes on top.
    expect(taken).toBeLessThan(mostCallsAMinute * 1.1);
  });

  it('let one wait a moment for its turn, and say how long when that is too long', async () => {
    await countTaken('person', 150);
    const startedAt = performance.now();
    await passGate({ priority: 'person', db });
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(await held('read')).toMatchObject({ kind: 'held', asked: false });
    expect((await held('read'))?.retryAfterMs).toBeGreaterThan(3000);
  });
});

describe('a 429', () => {
  it('keeps everything but people away, and of those all but one in half a minute', async () => {
    await takeCall(db, 'read');
    await answer(429, { 'retry-after': '36000' });
    for (const priority of background) {
      const error = await held(priority);
      expect(error).toMatchObject({ kind: 'held', asked: false });
      expect(error?.retryAfterMs).toBeGreaterThan(35_990_000);
      expect(error?.retryAfterMs).toBeLessThanOrEqual(36_000_000);
      expect(await roomFor(priority)).toBe(0);
    }
    expect(await passGate({ priority: 'person', db })).toEqual({ probe: true, timeoutMs: 4000 });
    const startedAt = performance.now();
    expect((await held('person'))?.retryAfterMs).toBeGreaterThan(35_990_000);
    expect(performance.now() - startedAt).toBeLessThan(500);
    await pass(31);
    expect(await countTaken('person', 20)).toBe(1);
    expect(await countTaken('sweep', 20)).toBe(0);
  });

  it('lets one call of all go first when the time is over, and the rest once it is answered', async () => {
    await takeCall(db, 'read');
    await answer(429, { 'retry-after': '3600' });
    await pass(3601);
    expect(await roomFor('read')).toBe(1);
    const first = await Promise.all(background.map((priority) => countTaken(priority, 10)));
    expect(first.reduce((sum, one) => sum + one, 0)).toBe(1);
    // It is refused again.
    await answer(429, { 'retry-after': '600' });
    expect(await roomFor('read')).toBe(0);
    await pass(601);
    const probe = await passGate({ priority: 'read', db });
    expect(probe.probe).toBe(true);
    await noteAnswer({ db }, probe, { status: 200, headers: new Headers() });
    expect(await getBlock(db)).toBeNull();
    expect(await roomFor('read')).toBeGreaterThan(50);
  });

  it('is not undone by an answer to a call from before it', async () => {
    await takeCall(db, 'read');
    await answer(429, { 'retry-after': '3600' });
    await answer(200);
    expect(await getBlock(db)).not.toBeNull();
    // And a shorter one does not shorten it.
    await answer(429, { 'retry-after': '1' });
    expect((await held('read'))?.retryAfterMs).toBeGreaterThan(3_590_000);
  });

  it('without a time lasts a minute, or as long as a quota that is used up', async () => {
    await takeCall(db, 'read');
    await answer(429);
    expect((await held('read'))?.retryAfterMs).toBeLessThanOrEqual(60_000);
    await answer(429, quotaOf(0, '7200'));
    expect((await held('read'))?.retryAfterMs).toBeGreaterThan(7_190_000);
  });

  it.each([-10, 10])('means the same to a clock that is off by %i minutes', async (minutes) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
    try {
      await takeCall(db, 'read');
      const date = new Date(Date.now() - minutes * 60_000);
      const until = new Date(date.getTime() + 3_600_000).toUTCString();
      await answer(429, { 'retry-after': until, date: date.toUTCString() });
      const waitMs = (await held('read'))?.retryAfterMs ?? 0;
      expect(waitMs).toBeGreaterThan(3_590_000);
      expect(waitMs).toBeLessThanOrEqual(3_600_000);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the quota of a day', () => {
  it('keeps its last part for the more urgent, until it is whole again', async () => {
    await takeCall(db, 'read');
    for (const [remaining, open] of [
      [201, ['person', 'setup', 'read', 'sweep']],
      [200, ['person', 'setup', 'read']],
      [150, ['person', 'setup']],
      [100, ['person']],
    ] as const) {
      await db.execute(sql`update codat_quota set daily_limit = 1000, remaining = ${remaining},
        reset_at = now() + interval '4 hours'`);
      const now = [];
      for (const priority of ['person', ...background] as const) {
        if ((await lookAhead(db, priority)).room > 0) now.push(priority);
      }
      expect([remaining, now]).toEqual([remaining, open]);
    }
    expect((await held('sweep'))?.retryAfterMs).toBeGreaterThan(14_390_000);
    expect(await sweepPauseMs()).toBeGreaterThan(14_390_000);
    await pass(14_401);
    expect(await roomFor('sweep')).toBeGreaterThan(0);
    expect(await sweepPauseMs()).toBe(864_000);
  });

  it('is counted down between Codat’s answers', async () => {
    await takeCall(db, 'read');
    await db.execute(sql`update codat_quota
      set daily_limit = 1000, remaining = 160, reset_at = now() + interval '1 hour'`);
    expect(await countTaken('read', 50)).toBe(10);
    expect((await stored())?.remaining).toBe(150);
  });

  it('that is used up is a wait like a 429’s', async () => {
    await takeCall(db, 'read');
    await answer(200, quotaOf(0, '14400'));
    expect((await getBlock(db))?.until).toBeInstanceOf(Date);
    expect(await countTaken('person', 10)).toBe(1);
  });

  it.each(['tomorrow', '0', '2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])(
    'whose reset is given as %s is whole at the next 00:00 UTC',
    async (reset) => {
      await takeCall(db, 'read');
      await answer(200, quotaOf(0, reset));
      const midnight = new Date();
      midnight.setUTCHours(24, 0, 0, 0);
      if (reset !== '0') expect((await stored())?.resetAt).toEqual(midnight);
      else expect((await stored())?.resetAt?.getTime()).toBeLessThanOrEqual(midnight.getTime());
    },
  );

  it('gives sweeps a tenth', () => {
    const pagesPerDay = (24 * 60 * 60 * 1000) / pagePauseMs(101_000);
    expect(pagesPerDay).toBeLessThanOrEqual(10_100);
    expect(pagesPerDay).toBeGreaterThan(10_000);
    expect(pagePauseMs(null)).toBe(1000);
    expect(pagePauseMs(1000)).toBe(864_000);
  });
});

it('lets people through when the database is silent, and nothing else', async () => {
  remember('codat gate', () => ({ blockedUntil: 0 })).blockedUntil = 0;
  const dead = connect('postgres://nobody@localhost:1/none', { connectTimeoutMs: 200 });
  expect(await passGate({ priority: 'person', db: dead })).toEqual(calm);
  await expect(passGate({ priority: 'read', db: dead })).rejects.toMatchObject({ kind: 'held' });
  await noteAnswer({ db: dead }, calm, {
    status: 429,
    headers: new Headers({ 'retry-after': '2' }),
  });
  await expect(passGate({ priority: 'person', db: dead })).rejects.toMatchObject({ kind: 'held' });
  await dead.$client.end();
});
