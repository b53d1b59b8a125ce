import { afterAll, beforeAll, expect } from 'vitest';
import { atOnce, runSweepStep } from '@/lib/sweep/run-sweep';
import { makeCustomer } from '@/lib/testing/make-customer';
import { attack } from './stack/attack';
import { findDifferences } from './stack/compare';
import { rounds } from './stack/settings';
import { type Stack, startStack } from './stack/stack';
import { sleep, until } from './stack/wait';

const companies = 300;
const strangers = 10;
const count = rounds({ short: 1, long: 3 });
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ name: 'lossy-webhooks', portals: 1 });
  // The portal's own next sweep is a quarter of an hour away.
  await stack.db.query('insert into sweeps (first_token, finished_at) values (0, now())');
}, 60_000);
afterAll(() => stack?.stop());

attack(
  '300 companies change while 30 % of all webhooks are lost, 30 % doubled and all shuffled',
  {
    promise: 'The truth wins',
    holds: 'one sweep makes the portal equal to Codat in every field and counts what was missed',
    rounds: count,
    timeoutMs: 400_000,
  },
  async (note) => {
    const ids = await inTens(companies, async (index) => {
      const { id } = await stack.codat.createCompany(`Company ${index}`);
      await makeCustomer({ codatCompanyId: id });
      return id;
    });
    let [deliveries, dropped, missed, worst] = [0, 0, 0, 0];
    for (let round = 0; round < count; round += 1) {
      await stack.codat.set({ webhookDrop: 0.3, webhookDuplicate: 0.3, webhookShuffle: 1 });
      await inTens(companies, (index) => change(ids[index] ?? '', round));
      await stack.codat.set({ webhookDrop: 1 });
      await inTens(strangers, async (index) => {
        const { id } = await stack.codat.createCompany(`Stranger ${round}-${index}`);
        await stack.codat.addConnection(id, 'gbol', 'Linked');
      });
      await stack.codat.set({ webhookDrop: 0, webhookDuplicate: 0, webhookShuffle: 0 });
      await untilQuiet();

      const known = (await stack.codat.listCompanies()).filter(({ id }) => ids.includes(id));
      const before = await findDifferences(stack.db, known);
      const sweep = await sweepOnce();
      expect(await findDifferences(stack.db, await stack.codat.listCompanies())).toEqual([]);
      expect(sweep).toEqual({
        companies_seen: companies + strangers * (round + 1),
        companies_found: strangers,
        missed_by_webhook: before.length,
      });
      expect(before.length).toBeGreaterThan(0);
      missed += before.length;
      worst = Math.max(worst, before.length);
      const all = await stack.codat.deliveries();
      deliveries = all.length;
      dropped = all.filter((delivery) => delivery.dropped).length;
    }
    note('companies', companies);
    note('webhooks', deliveries);
    note('never sent', dropped);
    note('connections that differed before the sweeps', missed);
    note('calls to Codat a sweep', Math.ceil((companies + strangers * count) / 100));
  },
);

/** What a business and its platforms may do in a while. */
async function change(companyId: string, round: number): Promise<void> {
  const { codat } = stack;
  const status = pick(['Linked', 'PendingAuth', 'Unlinked', 'Deauthorized']);
  const platforms = ['gbol', 'qhyg', 'akxx'];
  const { id } = await codat.addConnection(companyId, platforms[round] ?? 'gbol', status);
  if (status !== 'Linked') {
    if (Math.random() < 0.5) await codat.act(id, 'authorize');
    else if (status === 'PendingAuth') await codat.act(id, 'fail');
  } else {
    await codat.act(id, pick(['deauthorize', 'unlink', 'delete'] as const));
  }
}

async function sweepOnce(): Promise<Record<string, number> | undefined> {
  const [last] = (await stack.db.query('select max(id) as id from sweeps')).rows;
  return until('the sweep is over', 60_000, async () => {
    await runSweepStep(atOnce);
    const { rows } = await stack.db.query<Record<string, number>>(
      `select companies_seen, companies_found, missed_by_webhook from sweeps
       where id > $1 and finished_at is not null order by id limit 1`,
      [last?.id],
    );
    return rows[0];
  });
}

/** Waits until all that was to be sent has been sent and applied, and takes back every wish to read. */
async function untilQuiet(): Promise<void> {
  await until('all webhooks are delivered', 90_000, async () =>
    (await stack.codat.deliveries()).every(({ nextAttemptAt }) => nextAttemptAt === null),
  );
  await until('all are applied', 30_000, async () => {
    const { rows } = await stack.db.query(
      `select from webhook_events where state = 'pending' limit 1`,
    );
    return rows.length === 0;
  });
  await stack.db.query('update companies set read_due_at = null');
  await sleep(2000);
  await stack.db.query('update companies set read_due_at = null');
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)] as T;
}

async function inTens<T>(times: number, run: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let at = 0; at < times; at += 10) {
    const indexes = Array.from({ length: Math.min(10, times - at) }, (_, index) => at + index);
    results.push(...(await Promise.all(indexes.map(run))));
  }
  return results;
}
