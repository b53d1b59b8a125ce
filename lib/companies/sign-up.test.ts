import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import { users } from '@/db/schema/people';
import { signIn } from '@/lib/auth/sign-in';
import { stopBoss } from '@/lib/runtime/jobs/boss';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { noContext } from '@/testing/make-customer';
import { signUp } from './sign-up';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
});
afterAll(async () => {
  await stopBoss(1000);
  await codat?.stop();
});

const person = () => ({
  name: 'Ada',
  businessName: 'Ada & Söhne',
  email: `${crypto.randomUUID()}@example.com`,
  password: 'a-long-enough-one',
});

async function companiesOf(email: string) {
  return getDb()
    .select({ id: companies.id, codatCompanyId: companies.codatCompanyId, name: companies.name })
    .from(companies)
    .innerJoin(memberships, eq(memberships.companyId, companies.id))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(users.email, email));
}

async function queuedJobs(companyId: string): Promise<number> {
  const { rows } = await getDb().$client.query(
    `select count(*)::int as count from pgboss.job where name = 'company.provision' and data->>'companyId' = $1`,
    [companyId],
  );
  return rows[0].count;
}

describe('signUp', () => {
  it('makes one account, one company and one company at Codat, under twenty posts at once', async () => {
    const input = person();
    const sessions = await Promise.all(Array.from({ length: 20 }, () => signUp(input, noContext)));
    expect(new Set(sessions.map(({ userId }) => userId)).size).toBe(1);
    const made = await companiesOf(input.email);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ name: 'Ada & Söhne', codatCompanyId: expect.any(String) });
    expect(await queuedJobs(made[0]?.id ?? '')).toBe(1);
  });

  it('answers while Codat hangs, and leaves the job to go on', async () => {
    await codat.control('POST', '/faults', {
      method: 'POST',
      path: '/companies',
      latencyMs: 6000,
      times: 1,
    });
    const input = person();
    const startedAt = performance.now();
    await signUp(input, noContext);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    const [made] = await companiesOf(input.email);
    expect(made?.codatCompanyId).toBeNull();
    expect(await queuedJobs(made?.id ?? '')).toBe(1);
  });

  it('signs a known address in with its password, and says nothing useful with another', async () => {
    const input = person();
    const first = await signUp(input, noContext);
    expect((await signUp(input, noContext)).userId).toBe(first.userId);
    await expect(
      signUp({ ...input, password: 'another-long-one' }, noContext),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await companiesOf(input.email)).toHaveLength(1);
  });

  it('refuses a common password at its field', async () => {
    await expect(signUp({ ...person(), password: 'Qwertyuiop' }, noContext)).rejects.toMatchObject({
      field: 'password',
    });
  });

  it('is no way around the counters of sign-in', async () => {
    const input = person();
    await signUp(input, noContext);
    await getDb()
      .update(users)
      .set({ createdAt: new Date(Date.now() - 120_000) })
      .where(eq(users.email, input.email));
    const from = (n: number) => ({ ...noContext, ipAddress: `203.0.113.${n}` });
    const guess = (n: number) =>
      signUp({ ...input, password: `wrong guess ${n} of many` }, from(7));
    for (let n = 0; n < 10; n += 1) {
      await expect(guess(n)).rejects.toMatchObject({ messageKey: 'signUpUnavailable' });
    }
    await expect(guess(10)).rejects.toMatchObject({ code: 'throttled' });
    const right = { email: input.email, password: input.password };
    await expect(signIn(right, from(7))).rejects.toMatchObject({ code: 'throttled' });
    expect(await signIn(right, from(8))).toHaveProperty('sessionId');
  });
});
