import { afterAll, beforeAll, expect } from 'vitest';
import { makeCustomer } from '@/testing/make-customer';
import { attack } from './stack/attack';
import type { WireCompany, WireConnection } from './stack/codat';
import { findDifferences } from './stack/compare';
import { connectionEvent, deliver, newWebhookId } from './stack/deliver';
import { settings } from './stack/settings';
import { type Stack, startStack } from './stack/stack';
import { sleep, until } from './stack/wait';

const events = [
  ['connection.created', 'PendingAuth'],
  ['connection.failed', 'PendingAuth'],
  ['connection.connected', 'Linked'],
  ['connection.disconnected', 'Deauthorized'],
  ['connection.reconnected', 'Linked'],
] as const;
const finals = settings.form === 'short' ? ['Linked'] : ['Linked', 'Deauthorized', 'PendingAuth'];

let stack: Stack;

beforeAll(async () => {
  // Two processes whose clocks differ by twenty minutes, ten either way from the database's.
  const clockShiftsMs = [600_000, -600_000];
  stack = await startStack({ name: 'event-orders', portals: 2, clockShiftsMs });
  // Only the events that are sent here arrive, in the order in which they are sent.
  await stack.codat.set({ webhookDrop: 1 });
}, 60_000);
afterAll(() => stack?.stop());

function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => {
    const others = items.filter((_other, at) => at !== index);
    return orders(others).map((rest) => [item, ...rest]);
  });
}

attack(
  'All orders of created, failed, connected, disconnected, reconnected, each twice, at two processes whose clocks are ten minutes ahead and ten behind, with Codat in reach',
  {
    promise: 'Every acknowledged webhook counts, once',
    holds: 'the portal ends equal to Codat, whichever event came last',
    rounds: 120 * finals.length,
    timeoutMs: 300_000,
  },
  async (note) => {
    let sent = 0;
    for (const final of finals) {
      const made = await Promise.all(orders(events).map((order) => prepare(order, final)));
      await sleep(1500);
      const ids: string[] = [];
      const play = async ({ order, company, connection }: (typeof made)[number]) => {
        const base = Date.parse('2026-11-01T10:00:00Z');
        for (const [type, status] of [...order, ...order]) {
          const happenedAt = new Date(base + events.findIndex(([name]) => name === type) * 60_000);
          const about = { ...connection, status };
          const event = connectionEvent(type, company.id, about, happenedAt);
          const id = newWebhookId();
          const portal = stack.portals[ids.length % 2];
          const { status: answer } = await deliver(stack, portal?.url ?? '', id, event);
          expect(answer).toBe(204);
          ids.push(id);
        }
      };
      for (let at = 0; at < made.length; at += 10) {
        await Promise.all(made.slice(at, at + 10).map(play));
      }
      sent += ids.length;
      await until('all events are applied', 30_000, async () => {
        const { rows } = await stack.db.query<{ done: number }>(
          `select count(*)::int as done from webhook_events
           where webhook_id = any($1) and state = 'processed'`,
          [ids],
        );
        return rows[0]?.done === ids.length;
      });
      let left: string[] = [];
      await until('portal and Codat are equal', 90_000, async () => {
        left = await findDifferences(stack.db, await stack.codat.listCompanies());
        return left.length === 0;
      }).catch((error: Error) => {
        throw new Error(`${error.message}\n${left.slice(0, 3).join('\n')}`);
      });
    }
    note('events', sent);
    note('final states at Codat', finals.join(', '));
  },
);

async function prepare(
  order: (typeof events)[number][],
  final: string,
): Promise<{
  order: (typeof events)[number][];
  company: WireCompany;
  connection: WireConnection;
}> {
  const company = await stack.codat.createCompany('Orders');
  const connection = await stack.codat.addConnection(company.id, 'gbol', final);
  await makeCustomer({ codatCompanyId: company.id });
  return { order, company, connection };
}
