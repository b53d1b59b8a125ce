import { beforeEach, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { sweeps } from '@/db/schema/sync';
import { webhookEvents, webhookIds } from '@/db/schema/webhooks';
import { makeEvent } from '@/testing/make-event';
import { getWebhookHealth } from './webhook-health';

const now = new Date('2026-05-10T12:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const ask = () => getWebhookHealth(getDb(), now);

async function sweep(minutesAgo: number, missedByWebhook: number): Promise<void> {
  const startedAt = ago(minutesAgo);
  await getDb()
    .insert(sweeps)
    .values({ startedAt, finishedAt: startedAt, firstToken: 1, missedByWebhook });
}

/** Events every `gap` minutes, the last of them `last` minutes ago. */
async function events(last: number, gap: number, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await makeEvent({ receivedAt: ago(last + i * gap) });
}

beforeEach(async () => {
  await getDb().delete(webhookEvents);
  await getDb().delete(webhookIds);
  await getDb().delete(sweeps);
});

it('is no silence where nothing has happened', async () => {
  expect(await ask()).toEqual({
    silent: false,
    lastEventAt: null,
    unusualAfterMs: 3_600_000,
    missed: 0,
  });
  await events(30 * 24 * 60, 60, 3);
  await sweep(10, 0);
  expect((await ask()).silent).toBe(false);
});

it('is silence when sweeps since find what events should have told', async () => {
  await events(180, 5, 40);
  await sweep(60, 2);
  await sweep(30, 1);
  expect(await ask()).toEqual({
    silent: true,
    lastEventAt: ago(180).toISOString(),
    unusualAfterMs: 3_600_000,
    missed: 3,
  });
});

it('forgives a miss while events still come, and one of a sweep begun before', async () => {
  await events(50, 5, 40);
  await sweep(20, 2);
  expect((await ask()).silent).toBe(false);
  await getDb().delete(sweeps);
  await sweep(60, 2);
  expect(await ask()).toMatchObject({ silent: false, missed: 0 });
});

it('takes longer to worry where events are rare', async () => {
  await events(20 * 60, 10 * 60, 30);
  await sweep(60, 1);
  expect(await ask()).toMatchObject({ silent: false, unusualAfterMs: 24 * 3_600_000 });
  await getDb().delete(webhookEvents);
  await events(7 * 60, 2 * 60, 30);
  expect(await ask()).toMatchObject({ silent: true, unusualAfterMs: 6 * 3_600_000 });
});

it('waits a day where too few events have come to tell', async () => {
  await events(23 * 60, 1, 3);
  await sweep(60, 1);
  expect((await ask()).silent).toBe(false);
  await getDb().delete(webhookEvents);
  await events(25 * 60, 1, 3);
  expect((await ask()).silent).toBe(true);
});

it('is silence an hour after the first sweep when no event ever came', async () => {
  await sweep(50, 4);
  expect((await ask()).silent).toBe(false);
  await sweep(70, 0);
  expect(await ask()).toMatchObject({ silent: true, lastEventAt: null, missed: 4 });
});
