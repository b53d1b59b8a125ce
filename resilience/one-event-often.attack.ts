import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { makeCustomer } from '@/testing/make-customer';
import { attack } from './stack/attack';
import { connectionEvent, deliver, newWebhookId } from './stack/deliver';
import { noteTimes } from './stack/measure';
import { rounds } from './stack/settings';
import { type Stack, startStack } from './stack/stack';
import { until } from './stack/wait';

const count = rounds({ short: 5, long: 50 });
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ name: 'one-event-often', portals: 2 });
  await stack.codat.misbehave({ path: '/', drop: true });
}, 60_000);
afterAll(() => stack?.stop());

attack(
  'One event delivered 100 times at once to two processes',
  {
    promise: 'Every acknowledged webhook counts, once',
    holds: 'all 204, one row, one effect',
    rounds: count,
    timeoutMs: 240_000,
  },
  async (note) => {
    const times: number[] = [];
    for (let round = 0; round < count; round += 1) {
      const { companyId, codatCompanyId } = await makeCustomer();
      const id = newWebhookId();
      const connection = { id: randomUUID(), status: 'Linked' };
      const event = connectionEvent('connection.connected', codatCompanyId, connection);
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          deliver(stack, stack.portals[index % 2]?.url ?? '', id, event),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(204));
      times.push(...answers.map(({ ms }) => ms));
      await until('the event was applied', 10_000, async () => (await stateOf(id)) === 'processed');
      const { rows } = await stack.db.query(
        `select (select count(*)::int from webhook_events where webhook_id = $1) as rows,
           (select deliveries from webhook_ids where webhook_id = $1) as deliveries,
           (select count(*)::int from connection_status_changes where company_id = $2) as effects,
           (select reads_requested::int from company_reads where company_id = $2) as reads`,
        [id, companyId],
      );
      expect(rows).toEqual([{ rows: 1, deliveries: 100, effects: 1, reads: 1 }]);
    }
    note('deliveries', times.length);
    noteTimes(note, 'answer', times);
  },
);

async function stateOf(webhookId: string): Promise<string | undefined> {
  const { rows } = await stack.db.query<{ state: string }>(
    'select state from webhook_events where webhook_id = $1',
    [webhookId],
  );
  return rows[0]?.state;
}
