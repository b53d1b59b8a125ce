import { expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { users } from '@/db/schema/people';
import { noContext } from '@/lib/testing/make-customer';
import { hashPassword } from './password';
import { signIn } from './sign-in';

const rounds = 40;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function timeOf(email: string): Promise<number> {
  const context = { ...noContext, userAgent: crypto.randomUUID() };
  const start = performance.now();
  await signIn({ email, password: 'wrong' }, context).catch(() => {});
  return performance.now() - start;
}

/** Interleaved, and in changing order, so that what else the machine does meets both alike. */
async function compare(): Promise<number> {
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Fresh accounts: no limit is reached, and each account's first count is an insert.
    const email = `${crypto.randomUUID()}@example.com`;
    const passwordHash = await hashPassword('correct horse');
    await getDb().insert(users).values({ email, name: 'N', passwordHash });
    const measures = [
      async () => known.push(await timeOf(email)),
      async () => unknown.push(await timeOf(`${crypto.randomUUID()}@example.com`)),
    ];
    for (const measure of round % 2 ? measures : measures.reverse()) await measure();
  }
  return median(known) / median(unknown);
}

it('known and unknown accounts take the same time within 10 %', { timeout: 120_000 }, async () => {
  await timeOf('warm-up@example.com');
  const ratios: number[] = [];
  // A median of medians: one noisy stretch of a busy machine decides nothing.
  for (let i = 0; i < 5; i += 1) ratios.push(await compare());
  const ratio = median(ratios);
  expect(ratio, ratios.join(' ')).toBeGreaterThan(0.9);
  expect(ratio, ratios.join(' ')).toBeLessThan(1.1);
});
