import { afterAll, beforeAll, expect } from 'vitest';
import { makeCustomer } from '@/testing/make-customer';
import { attack } from './stack/attack';
import { findDifferences } from './stack/compare';
import { inTens } from './stack/in-tens';
import { rounds } from './stack/settings';
import { sweepOnce, untilQuiet } from './stack/settle';
import { type Stack, startStack } from './stack/stack';

const companies = Array.from({ length: 300 }, (_none, index) => index);
const strangers = companies.slice(0, 10);
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
        // A linked one would soon be read, and tell of itself once webhooks come again.
        await stack.codat.addConnection(id, 'gbol', 'PendingAuth');
      });
      await stack.codat.set({ webhookDrop: 0, webhookDuplicate: 0, webhookShuffle: 0 });
      await untilQuiet(stack);

      const known = (await stack.codat.listCompanies()).filter(({ id }) => ids.includes(id));
      const before = await findDifferences(stack.db, known);
      const sweep = await sweepOnce(stack);
      expect(await findDifferences(stack.db, await stack.codat.listCompanies())).toEqual([]);
      expect(sweep).toEqual({
        companies_seen: companies.length + strangers.length * (round + 1),
        companies_found: strangers.length,
        missed_by_webhook: before.length,
      });
      expect(before.length).toBeGreaterThan(0);
      missed += before.length;
      worst = Math.max(worst, before.length);
      const all = await stack.codat.deliveries();
      deliveries = all.length;
      dropped = all.filter((delivery) => delivery.dropped).length;
    }
    note('companies', companies.length);
    note('webhooks', deliveries);
    note('never sent', dropped);
    note('connections that differed before the sweeps', missed);
    note('calls to Codat a sweep', Math.ceil((companies.length + strangers.length * count) / 100));
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

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)] as T;
}
