import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, getDb } from '@/db/client';
import { addManyCompanies } from '@/db/seed/many-companies';
import type { Actor } from '@/lib/actor';
import { foldCounts } from '@/lib/lists/counts';
import { rollUpMissing } from '@/lib/sync/roll-up';
import { captureQueries } from '@/testing/capture-queries';
import { explain } from '@/testing/explain';
import { listQuestions } from '@/testing/list-questions';
import { makeOperator, noContext } from '@/testing/make-customer';
import { makeOwnDatabase } from '@/testing/own-database';
import { countKinds } from './count-kinds';
import { exportCompanies } from './export-companies';
import { listCompanies } from './list-companies';
import { companyListSchema, companyOrders } from './schemas';

const companies = 100_000;
/** What a page, its count and the rows on it may touch; to walk an index to its end is 100,000. */
const mostPages = 15_000;
/** The connections of the companies on a page are sorted; companies by the thousand are not. */
const mostSorted = 200;
const bigTables = ['companies', 'connections', 'memberships', 'users'];

let admin: Actor;
const dropDatabase = await makeOwnDatabase('list_plans');

beforeAll(async () => {
  const { DATABASE_URL = '' } = process.env;
  const db = connect(DATABASE_URL, { max: 1, queryTimeoutMs: 480_000 });
  await addManyCompanies(db, companies, rollUpMissing);
  // As the worker does each minute, and PostgreSQL afterwards.
  await foldCounts(db);
  // Counting so many in one go leaves a big file behind, which no minute of a worker does.
  await db.execute('vacuum full tallies');
  await db.$client.end();
  admin = await makeOperator('admin');
}, 500_000);

afterAll(async () => {
  await getDb().$client.end();
  await dropDatabase();
});

type Values = Record<string, string | undefined>;
const parse = (values: Values) => companyListSchema.parse(values);

/** Runs what a page asks, in the way it does, and looks at how PostgreSQL went about it. */
async function look(run: () => Promise<unknown>): Promise<{ pages: number; sortedRows: number }> {
  const sum = { pages: 0, sortedRows: 0 };
  for (const query of await captureQueries(run)) {
    const { scannedTables, pages, sortedRows, plan } = await explain(
      query,
      'set local enable_seqscan = off',
    );
    expect(
      scannedTables.filter((table) => bigTables.includes(table)),
      `${query.toSQL().sql}\n${plan}`,
    ).toEqual([]);
    sum.pages += pages;
    sum.sortedRows = Math.max(sum.sortedRows, sortedRows);
  }
  return sum;
}

describe('no list reads a table from end to end', () => {
  for (const [name, values] of Object.entries(listQuestions)) {
    it(`for ${name}, in any order, at either end`, async () => {
      for (const order of companyOrders) {
        for (const sort of [order, `-${order}`]) {
          const input = parse({ ...values, sort });
          const first = await look(() => listCompanies(admin, input));
          expect(first.pages, `${sort}: pages touched`).toBeLessThan(mostPages);
          const { after } = await listCompanies(admin, input);
          if (!after) continue;
          const last = await look(() => listCompanies(admin, { ...input, before: 'end' }));
          expect(last.pages, `${sort}: pages touched at the end`).toBeLessThan(mostPages);
        }
      }
    }, 120_000);
  }

  it('nor sorts what an index has in order', async () => {
    for (const order of companyOrders) {
      for (const status of [undefined, ...(indexed.includes(order) ? ['ok'] : [])]) {
        const input = parse({ sort: order, status });
        const { before } = await listCompanies(admin, { ...input, before: 'end' });
        for (const cursor of [{}, { before: 'end' }, { before: before ?? '' }]) {
          const { sortedRows, pages } = await look(() =>
            listCompanies(admin, { ...input, ...cursor }),
          );
          expect(sortedRows, `${order} ${JSON.stringify(cursor)}`).toBeLessThan(mostSorted);
          expect(pages).toBeLessThan(2_500);
        }
      }
    }
  });

  it('for the counts above the list', async () => {
    const { pages } = await look(() => countKinds(admin));
    expect(pages).toBeLessThan(600);
  });

  it('for an export', async () => {
    for (const values of [{ sort: 'name' }, { connection: 'Linked' }, { q: 'marlow' }]) {
      const input = parse(values);
      await look(async () => {
        const parts = await exportCompanies(admin, input, noContext, 'en');
        for (let taken = 0; taken < 4; taken += 1) await parts.next();
        await parts.return(undefined);
      });
    }
  });
});

/** Orders of which an index knows the state too. */
const indexed: string[] = ['created', 'state', 'since'];
