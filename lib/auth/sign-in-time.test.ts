import { expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { users } from '@/db/schema/people';
import { noContext } from '@/testing/make-customer';
import { hashPassword } from './password';
import { signIn } from './sign-in';

const pairs = 80;
/** In NFD, so that it is tried in two forms. */
const wrongPassword = 'wröng'.normalize('NFD');
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function timeOf(email: string): Promise<number> {
  const context = { ...noContext, userAgent: crypto.randomUUID() };
  const start = performance.now();
  await signIn({ email, password: wrongPassword }, context).catch(() => {});
  return performance.now() - start;
}

/** Time of a known account to that of an unknown one, tried right after each other. */
async function compareOnce(knownFirst: boolean): Promise<number> {
  // Fresh accounts: no limit is reached, and each account's first count is an insert.
  const email = `${crypto.randomUUID()}@example.com`;
  const passwordHash = await hashPassword('correct horse');
  await getDb().insert(users).values({ email, name: 'N', passwordHash });
  const unknown = `${crypto.randomUUID()}@example.com`;
  const first = await timeOf(knownFirst ? email : unknown);
  const second = await timeOf(knownFirst ? unknown : email);
  return knownFirst ? first / second : second / first;
}

it('known and unknown accounts take about the same time', { timeout: 120_000 }, async () => {
  await timeOf('warm-up@example.com');
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) ratios.push(await compareOnce(pair % 2 === 0));
  // Without the decoy hash the ratio is above 5. The bounds leave room for a busy machine; on a
  // quiet one the median is within 2 %.
  expect(median(ratios)).toBeGreaterThan(0.8);
  expect(median(ratios)).toBeLessThan(1.25);
});
