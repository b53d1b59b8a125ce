import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { throttleHits, users } from '@/db/schema/people';
import { noContext } from '@/testing/make-customer';
import { openSession } from './cookie';
import { type Device, openDevice, rememberAccount, sealDevice } from './device';
import { hashPassword } from './password';
import { signIn, startCheckedSession } from './sign-in';
import { countSignInTry } from './sign-in-throttle';

const password = 'correct horse';

async function makeUser() {
  const email = `${crypto.randomUUID()}@example.com`;
  const passwordHash = await hashPassword(password);
  const [user] = await getDb().insert(users).values({ email, name: 'N', passwordHash }).returning();
  if (!user) throw new Error('no user');
  return user;
}

const from = (ipAddress: string | null, userAgent = 'a browser') => ({
  ...noContext,
  ipAddress,
  userAgent,
});

/**
 * Failed tries as an attacker makes them, without the cost of checking a password, ten at once.
 * @returns how many were let through to the check.
 */
async function attack(email: string, addresses: string[], rounds: number): Promise<number> {
  const tries = Array.from({ length: rounds }, () => addresses).flat();
  let counted = 0;
  const attackOne = async (): Promise<void> => {
    for (let ipAddress = tries.shift(); ipAddress; ipAddress = tries.shift()) {
      const through = await countSignInTry(getDb(), {
        email,
        context: from(ipAddress),
        knownDevice: null,
      }).then(
        () => 1,
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'throttled' });
          return 0;
        },
      );
      counted += through;
    }
  };
  await Promise.all(Array.from({ length: 10 }, attackOne));
  return counted;
}

const addressesOf = (count: number) =>
  Array.from(
    { length: count },
    (_none, index) => `198.51.${Math.floor(index / 250)}.${index % 250}`,
  );

describe('1,000 wrong passwords', () => {
  it.each([
    [10, 100],
    [100, 10],
    [250, 4],
    [500, 2],
  ])(
    'from %i addresses are throttled, and the victim signs in from elsewhere',
    async (count, rounds) => {
      const user = await makeUser();
      const counted = await attack(user.email, addressesOf(count), rounds);
      expect(counted).toBeLessThanOrEqual(550);
      await expect(
        signIn({ email: user.email, password }, from('203.0.113.9')),
      ).resolves.toMatchObject({ userId: user.id });
    },
  );

  it('from 1,000 addresses are throttled, and the victim signs in on a device of theirs', async () => {
    const user = await makeUser();
    const device = rememberAccount(null, user.id);
    expect(await attack(user.email, addressesOf(1000), 1)).toBe(600);
    const enter = (known: Device | null) =>
      signIn({ email: user.email, password }, from('203.0.113.9'), known);
    await expect(enter(null)).rejects.toMatchObject({ code: 'throttled' });
    await expect(enter(rememberAccount(null, crypto.randomUUID()))).rejects.toMatchObject({
      code: 'throttled',
    });
    await expect(enter(device)).resolves.toMatchObject({ userId: user.id });
  });

  it('from no known address leave the owner of another browser in', async () => {
    const user = await makeUser();
    const guess = () =>
      signIn({ email: user.email, password: 'wrong' }, from(null, 'curl')).catch((error) => error);
    for (let i = 0; i < 10; i += 1) expect(await guess()).toMatchObject({ code: 'not-allowed' });
    expect(await guess()).toMatchObject({ code: 'throttled' });
    await expect(
      signIn({ email: user.email, password }, from(null, 'Firefox')),
    ).resolves.toBeDefined();
  });
});

describe('the limits', () => {
  it('count an unknown account like a known one', async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    expect(await attack(email, addressesOf(100), 10)).toBe(100);
  });

  it('hold for one device too, and for parallel tries', async () => {
    const user = await makeUser();
    const attempt = { email: user.email, context: from('203.0.113.1'), knownDevice: 'device-1' };
    const tries = Array.from({ length: 40 }, () => countSignInTry(getDb(), attempt));
    const counted = (await Promise.allSettled(tries)).filter((one) => one.status === 'fulfilled');
    expect(counted).toHaveLength(20);
  });

  it('are not used up by signing in', async () => {
    const user = await makeUser();
    for (let i = 0; i < 15; i += 1) {
      await expect(
        signIn({ email: user.email, password }, from('203.0.113.2')),
      ).resolves.toBeDefined();
    }
  });

  it('take an IPv6 network for one place', async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    const network = Array.from({ length: 30 }, (_none, index) => `2001:DB8:0:1::${index + 1}`);
    expect(await attack(email, [...network, '2001:db8:0000:1:5::9'], 1)).toBe(10);
    expect(await attack(email, ['2001:db8:0:2::1'], 1)).toBe(1);
  });

  it('hold over accounts from one address', async () => {
    const results: string[] = [];
    for (let i = 0; i < 60; i += 1) {
      const email = `${crypto.randomUUID()}@example.com`;
      const context = from('192.0.2.77');
      await countSignInTry(getDb(), { email, context, knownDevice: null }).then(
        () => results.push('counted'),
        () => results.push('refused'),
      );
    }
    expect(results.filter((one) => one === 'counted')).toHaveLength(50);
  });

  it('are kept without saying of whom', async () => {
    const email = `${crypto.randomUUID()}@example.com`;
    await attack(email, ['203.0.113.5'], 1);
    const rows = await getDb().select().from(throttleHits);
    expect(JSON.stringify(rows)).not.toMatch(/@|203\.0\.113/);
  });
});

it('a device is sealed, and is neither a session nor made of one', async () => {
  const device = rememberAccount(rememberAccount(null, 'user-1'), 'user-2');
  const sealed = await sealDevice(device);
  expect(await openDevice(sealed)).toEqual({ id: device.id, userIds: ['user-2', 'user-1'] });
  expect(await openDevice(`${sealed.slice(0, -3)}AAA`)).toBeNull();
  expect(await openSession(sealed)).toBeNull();
  expect(await openDevice(undefined)).toBeNull();
});

it('a password that is changed while it is being checked starts no session', async () => {
  const user = await makeUser();
  const { passwordHash } = user;
  let waiting: Promise<unknown> = Promise.resolve();
  await getDb().transaction(async (tx) => {
    await tx.update(users).set({ passwordHash: null }).where(eq(users.id, user.id));
    waiting = startCheckedSession(user.id, passwordHash ?? '', noContext).catch((error) => error);
    // Long enough for it to have asked for the row that this holds.
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  expect(await waiting).toMatchObject({ code: 'not-allowed' });
});
