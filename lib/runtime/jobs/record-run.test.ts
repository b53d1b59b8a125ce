import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { getDb } from '@/db/client';
import { jobRuns } from '@/db/schema/operations';
import { recordRun } from './record-run';

const lastRun = async (name: string) =>
  (await getDb().select().from(jobRuns).where(eq(jobRuns.name, name)))[0];

test('a run that fails keeps when the job last succeeded', async () => {
  const name = crypto.randomUUID();
  expect(await recordRun(name, async () => 'done')).toBe('done');
  const good = await lastRun(name);
  expect(good).toMatchObject({ lastError: null, succeededAt: expect.any(Date) });
  const failing = recordRun(name, async () => {
    throw new Error('no https://x.test/a?otp=1');
  });
  await expect(failing).rejects.toThrow('no https');
  const bad = await lastRun(name);
  expect(bad?.lastError).toBe('no https://x.test/a?[cut]');
  expect(bad?.succeededAt).toEqual(good?.succeededAt);
});
