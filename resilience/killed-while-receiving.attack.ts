import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { makeCustomer } from '@/testing/make-customer';
import { attack } from './stack/attack';
import { connectionEvent, deliver, newWebhookId } from './stack/deliver';
import { percentile } from './stack/measure';
import { rounds } from './stack/settings';
import { type Stack, startStack } from './stack/stack';
import { sleep, until } from './stack/wait';

const count = rounds({ short: 10, long: 50 });
const senders = 12;
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ name: 'killed-while-receiving', portals: 1 });
  // Nothing but the events tells the portal anything, so every one of them must have its effect.
  await stack.codat.misbehave({ path: '/', drop: true });
}, 60_000);
afterAll(() => stack?.stop());

attack(
  '`kill -9` of the portal while events are being delivered',
  {
    promise: 'Every acknowledged webhook counts, once',
    holds: 'every event answered with 204 is stored and takes effect once, after a restart',
    rounds: count,
    timeoutMs: 600_000,
  },
  async (note) => {
    const acknowledged: string[] = [];
    const restarts: number[] = [];
    let unanswered = 0;
    const customers = await Promise.all(Array.from({ length: senders }, () => makeCustomer()));
    const [portal] = stack.portals;
    if (!portal) throw new Error('no portal');

    for (let round = 0; round < count; round += 1) {
      let killed = false;
      const floods = customers.map(async ({ codatCompanyId }) => {
        while (!killed) {
          const id = newWebhookId();
          const connection = { id: randomUUID(), status: 'Linked' };
          const event = connectionEvent('connection.connected', codatCompanyId, connection);
          const { status } = await deliver(stack, portal.url, id, event);
          if (status === 204) acknowledged.push(id);
          else unanswered += 1;
        }
      });
      await sleep(150 + Math.random() * 500);
      await portal.kill();
      killed = true;
      await Promise.all(floods);
      restarts.push(await portal.start());
    }

    expect(acknowledged.length).toBeGreaterThan(count * senders);
    const lastStartAt = performance.now();
    await until('every acknowledged event is applied', 90_000, async () => {
      const { rows } = await stack.db.query<{ done: number }>(
        `select count(*)::int as done from webhook_events
         where webhook_id = any($1) and state = 'processed'`,
        [acknowledged],
      );
      return rows[0]?.done === acknowledged.length;
    });
    const { rows: effects } = await stack.db.query<{ effects: number }>(
      `select count(*)::int as effects from connection_status_changes
       where webhook_id = any($1) group by webhook_id`,
      [acknowledged],
    );
    expect(effects).toHaveLength(acknowledged.length);
    expect(new Set(effects.map((row) => row.effects))).toEqual(new Set([1]));
    note('acknowledged', acknowledged.length);
    note('cut off', unanswered);
    note('restart, median ms', Math.round(percentile(restarts, 0.5)));
    note(
      'all applied after the last restart, s',
      Math.round((performance.now() - lastStartAt) / 1000),
    );
  },
);
