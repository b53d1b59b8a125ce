import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { getDb } from '@/db/client';
import { enqueueProvisioning, stopBoss } from '@/lib/runtime/jobs/boss';
import { makeCustomer } from '@/testing/make-customer';
import { Lifetime } from '@/tools/processes/lifetime.mjs';
import { attack } from './stack/attack';
import { Balancer } from './stack/balancer';
import { connectionEvent, deliver, newWebhookId } from './stack/deliver';
import { openForm, sendForm } from './stack/form';
import { noteTimes } from './stack/measure';
import { getPage, LiveStream, type Person, signedInOwner } from './stack/person';
import { rounds } from './stack/settings';
import { type Stack, startStack } from './stack/stack';
import { sleep, until } from './stack/wait';

const lifetime = new Lifetime();
let stack: Stack;
let balancer: Balancer;
let person: Person;
/** As many connections as a business may have: what an event costs grows with their number. */
const connectionIds = Array.from({ length: 20 }, () => randomUUID());

beforeAll(async () => {
  balancer = await Balancer.open(lifetime);
  const appUrl = balancer.url;
  stack = await startStack({ name: 'stopping', portals: 2, lifetime, appUrl });
  balancer.targets = stack.portals.map(({ url }) => url);
  person = await signedInOwner((await stack.codat.createCompany('Rolling Ltd')).id);
  await until('the balancer has found them', 20_000, async () =>
    balancer.targets.every((target) => balancer.isReady(target)),
  );
}, 60_000);
afterAll(async () => {
  await stopBoss(1000).catch(() => {});
  await lifetime.end();
});

/** Sends requests of every kind through `url` until told to stop. */
function putUnderLoad(url: string) {
  const failures: string[] = [];
  const times: number[] = [];
  const accepted: string[] = [];
  let over = false;
  const visit = async (path: string, cookie: string) => {
    while (!over) {
      const { status, ms, text } = await getPage(url + path, cookie);
      times.push(ms);
      if (status !== 200) failures.push(`${path}: ${status} ${text.slice(0, 80)}`);
      await sleep(20);
    }
  };
  const send = async () => {
    while (!over) {
      const id = newWebhookId();
      const connectionId = connectionIds[accepted.length % connectionIds.length] ?? '';
      const connection = { id: connectionId, status: 'Linked' };
      const event = connectionEvent('connection.connected', person.codatCompanyId, connection);
      const { status, ms } = await deliver(stack, url, id, event);
      times.push(ms);
      if (status === 204) accepted.push(id);
      else failures.push(`webhook: ${status}`);
      await sleep(20);
    }
  };
  const running = [
    visit('/connections', person.cookie),
    visit('/account', person.cookie),
    visit('/sign-in', ''),
    send(),
    send(),
  ];
  return {
    failures,
    times,
    accepted,
    async stop() {
      over = true;
      await Promise.all(running);
    },
  };
}

async function untilApplied(ids: string[]): Promise<void> {
  await until('every accepted event is applied', 40_000, async () => {
    const { rows } = await stack.db.query<{ done: number }>(
      `select count(*)::int as done from webhook_events
       where webhook_id = any($1) and state = 'processed'`,
      [ids],
    );
    return rows[0]?.done === ids.length;
  });
}

const stops = rounds({ short: 1, long: 5 });

attack(
  'SIGTERM with 50 live streams, requests and jobs under way',
  {
    promise: 'Stopping',
    holds: 'nothing accepted fails, streams end in order, exit with 0 within 25 s',
    rounds: stops,
    timeoutMs: 300_000,
  },
  async (note) => {
    const [portal] = stack.portals;
    if (!portal) throw new Error('no portal');
    const exits: number[] = [];
    for (let round = 0; round < stops; round += 1) {
      // The other process would do the jobs; this one is to have some of its own under way.
      await stack.portals[1]?.terminate();
      await stack.codat.misbehave({ path: '/companies', latencyMs: 4000 });
      const companies = await Promise.all(
        Array.from({ length: 3 }, () => makeCustomer({ codatCompanyId: null })),
      );
      for (const { companyId } of companies) await enqueueProvisioning(getDb(), companyId);
      await stack.db.query(`update pgboss.job set start_after = now() where state = 'created'`);
      const streams = await Promise.all(
        Array.from({ length: 50 }, () => LiveStream.open(lifetime, portal.url, person.cookie)),
      );
      await until('a job is under way', 15_000, async () => {
        const calls = await stack.codat.requests();
        return calls.some(({ method, status }) => method === 'POST' && status === null);
      });

      // Leaving for Hosted Link reads the company from Codat, which takes 4 s now.
      const leaving = {
        url: portal.url,
        appUrl: balancer.url,
        path: '/connect',
        cookie: person.cookie,
        fields: { companyId: person.companyId, consent: 'yes' },
      };
      const opened = await openForm(leaving);
      const handOffs = Array.from({ length: 5 }, () => sendForm(leaving, opened));
      await sleep(200);
      const events = Array.from({ length: 20 }, async () => {
        const id = newWebhookId();
        const connection = { id: randomUUID(), status: 'Linked' };
        const event = connectionEvent('connection.connected', person.codatCompanyId, connection);
        const { status } = await deliver(stack, portal.url, id, event);
        return { id, status };
      });
      const stopping = portal.terminate();
      for (const { status, location } of await Promise.all(handOffs)) {
        expect([status, location]).toEqual([303, expect.stringContaining('/company/')]);
      }
      const answered = await Promise.all(events);
      expect(answered.map(({ status }) => status)).toEqual(Array(20).fill(204));
      const { code, ms } = await stopping;
      exits.push(ms);
      expect(code).toBe(0);
      expect(ms).toBeLessThan(25_000);
      await until('the streams have ended', 2000, async () => streams.every(({ end }) => end));
      expect(new Set(streams.map(({ end }) => end))).toEqual(new Set(['closed']));

      const { rows } = await stack.db.query<{ active: number }>(
        `select count(*)::int as active from pgboss.job where state = 'active'`,
      );
      expect(rows[0]?.active).toBe(0);
      await stack.codat.behave();
      await Promise.all(stack.portals.map((each) => each.start()));
      await untilApplied(answered.map(({ id }) => id));
    }
    note('streams', stops * 50);
    noteTimes(note, 'exit after SIGTERM', exits);
  },
);

const restarts = rounds({ short: 3, long: 10 });

attack(
  'Rolling restarts of two processes behind a balancer, under load',
  {
    promise: 'Stopping',
    holds: 'no request fails, every accepted event is applied',
    rounds: restarts,
    timeoutMs: 600_000,
  },
  async (note) => {
    const exits: number[] = [];
    const load = putUnderLoad(balancer.url);
    await sleep(500);
    for (let round = 0; round < restarts; round += 1) {
      for (const portal of stack.portals) {
        const { code, ms } = await portal.terminate();
        exits.push(ms);
        expect(code).toBe(0);
        await portal.start();
        await until('the balancer has noticed', 20_000, async () => balancer.isReady(portal.url));
      }
    }
    await load.stop();
    expect(load.failures).toEqual([]);
    await untilApplied(load.accepted);
    note('requests', load.times.length);
    note('failed', load.failures.length);
    noteTimes(note, 'answer', load.times);
    noteTimes(note, 'exit after SIGTERM', exits);
  },
);
