import { randomBytes, randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { Client } from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { sessionCookie, sessionMaxAgeSeconds } from '@/lib/auth/cookie';
import { makeCustomer } from '@/testing/make-customer';
import { Lifetime } from '@/tools/processes/lifetime.mjs';
import { attack } from './stack/attack';
import { Balancer } from './stack/balancer';
import { connectionEvent, deliver, newWebhookId } from './stack/deliver';
import { getPage } from './stack/person';
import type { Portal } from './stack/portal';
import { settings } from './stack/settings';
import { type Stack, startStack } from './stack/stack';
import { sleep, until } from './stack/wait';

type Session = { userId: string; sessionId: string };

const lifetime = new Lifetime();
const minute = 60_000;
const database = 'portal_rotation';
const passwords = { rotation_a: hex(), rotation_b: hex() };
const [auth, hook, token] = [
  { old: base64(), new: base64() },
  { old: `whsec_${base64()}`, new: `whsec_${base64()}` },
  { old: base64(), new: base64() },
];
let stack: Stack;
let balancer: Balancer;

beforeAll(async () => {
  await asOwner(async (owner) => {
    await owner.query(`drop database if exists ${database} with (force)`);
    await owner.query(`create database ${database}`);
    await makeRole(owner, 'rotation_a');
  });
  balancer = await Balancer.open(lifetime);
  stack = await startStack({
    name: 'rotation',
    portals: 2,
    lifetime,
    appUrl: balancer.url,
    databaseUrl: urlOf('rotation_a'),
    settings: {
      AUTH_SECRET: auth.old,
      CODAT_WEBHOOK_SECRET: hook.old,
      METRICS_TOKEN: token.old,
    },
  });
  balancer.targets = stack.portals.map(({ url }) => url);
  await Promise.all(stack.portals.map(untilBalanced));
}, 60_000);
afterAll(() => lifetime.end());

attack(
  'Every secret is replaced, two processes restarted one after the other, under load',
  {
    promise: 'Stopping',
    holds:
      'nobody is signed out, no request fails, no signed webhook is refused, and no process needs the old values any more',
    rounds: 1,
    timeoutMs: 10 * minute,
  },
  async (note) => {
    const { actor, codatCompanyId } = await makeCustomer();
    const [before, after] = [await cookieBy(auth.old, actor), await cookieBy(auth.new, actor)];
    const load = putUnderLoad(codatCompanyId, before, hook.old);

    await asOwner((owner) => makeRole(owner, 'rotation_b'));
    await roll(
      {
        AUTH_SECRET: `${auth.old} ${auth.new}`,
        CODAT_WEBHOOK_SECRET: `${hook.new} ${hook.old}`,
        METRICS_TOKEN: `${token.new} ${token.old}`,
        DATABASE_URL: urlOf('rotation_b'),
      },
      async () => {
        // Why the new one goes last first: who has it in front too early is a stranger elsewhere.
        const known = await Promise.all(stack.portals.map(({ url }) => isKnown(url, after)));
        expect(known).toEqual([true, false]);
      },
    );
    for (const { url } of stack.portals) {
      expect(await Promise.all([isKnown(url, before), isKnown(url, after)])).toEqual([true, true]);
      expect(await scrape(url, token.old)).toBe(200);
      expect(await scrape(url, token.new)).toBe(200);
    }
    load.cookies.push(after);
    load.secrets.push(hook.new);

    await asOwner((owner) => owner.query('alter role rotation_a nologin'));
    await sleep(500);
    load.secrets.shift();
    await roll({
      AUTH_SECRET: `${auth.new} ${auth.old}`,
      CODAT_WEBHOOK_SECRET: hook.new,
      METRICS_TOKEN: token.new,
    });
    await sleep(500);
    await load.stop();
    expect(load.failures).toEqual([]);
    note('requests', load.count());
    note('failed', load.failures.length);

    const [first] = stack.portals;
    if (!first) throw new Error('no portal');
    expect(await scrape(first.url, token.old)).toBe(401);
    expect((await send(first.url, codatCompanyId, hook.old)).status).toBe(401);
    await restart(first, { AUTH_SECRET: auth.new });
    const known = await Promise.all([isKnown(first.url, before), isKnown(first.url, after)]);
    expect(known).toEqual([false, true]);
  },
);

/** Pages and webhooks through the balancer, with any of the cookies and secrets that hold now. */
function putUnderLoad(codatCompanyId: string, cookie: string, secret: string) {
  const failures: string[] = [];
  const [cookies, secrets] = [[cookie], [secret]];
  let [over, count] = [false, 0];
  const repeat = async (what: string, expected: number, ask: () => Promise<{ status: number }>) => {
    while (!over) {
      const { status } = await ask();
      count += 1;
      if (status !== expected) failures.push(`${what}: ${status}`);
      await sleep(20);
    }
  };
  const pick = (items: string[]) => items[count % items.length] ?? '';
  const running = [
    repeat('page', 200, () => getPage(`${balancer.url}/connections`, pick(cookies))),
    repeat('account', 200, () => getPage(`${balancer.url}/account`, pick(cookies))),
    repeat('webhook', 204, () => send(balancer.url, codatCompanyId, pick(secrets))),
  ];
  const stop = async () => {
    over = true;
    await Promise.all(running);
  };
  return { failures, cookies, secrets, count: () => count, stop };
}

function send(url: string, codatCompanyId: string, secret: string) {
  const connection = { id: randomUUID(), status: 'Linked' };
  const event = connectionEvent('connection.connected', codatCompanyId, connection);
  return deliver({ env: { CODAT_WEBHOOK_SECRET: secret } }, url, newWebhookId(), event);
}

async function roll(changed: Record<string, string>, afterFirst?: () => Promise<void>) {
  for (const [index, portal] of stack.portals.entries()) {
    await restart(portal, changed);
    if (index === 0) await afterFirst?.();
  }
}

async function restart(portal: Portal, changed: Record<string, string>): Promise<void> {
  const { code } = await portal.terminate();
  expect(code).toBe(0);
  Object.assign(portal.env, changed);
  await portal.start();
  await untilBalanced(portal);
}

async function untilBalanced({ url }: Portal): Promise<void> {
  await until('the balancer has noticed', 20_000, async () => balancer.isReady(url));
}

async function cookieBy(secret: string, { userId, sessionId }: Session): Promise<string> {
  const token = { sub: userId, sid: sessionId };
  const sealed = await encode({ token, secret, maxAge: sessionMaxAgeSeconds });
  return `${sessionCookie().name}=${sealed}`;
}

/** Whether this process knows who carries the cookie; others are sent to sign in. */
async function isKnown(url: string, cookie: string): Promise<boolean> {
  return (await getPage(`${url}/connections`, cookie)).status === 200;
}

async function scrape(url: string, bearer: string): Promise<number> {
  const response = await fetch(`${url}/api/metrics`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  await response.arrayBuffer();
  return response.status;
}

/** A role with its own login that acts as the owner of everything: docs/operations.md. */
async function makeRole(owner: Client, role: keyof typeof passwords): Promise<void> {
  const { user } = owner;
  await owner.query(`drop role if exists ${role}`);
  await owner.query(`create role ${role} login password '${passwords[role]}' in role ${user}`);
  await owner.query(`alter role ${role} set role = '${user}'`);
}

async function asOwner<T>(work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: settings.databaseUrl });
  await owner.connect();
  return work(owner).finally(() => owner.end());
}

function urlOf(role: keyof typeof passwords): string {
  const url = new URL(settings.databaseUrl);
  Object.assign(url, { username: role, password: passwords[role], pathname: `/${database}` });
  return url.href;
}

function base64(): string {
  return randomBytes(32).toString('base64');
}

function hex(): string {
  return randomBytes(16).toString('hex');
}
