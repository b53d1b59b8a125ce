import { connect } from '@/db/client';
import { addManyCompanies } from '@/db/seed/many-companies';
import type { Actor } from '@/lib/actor';
import { countKinds } from '@/lib/companies/list/count-kinds';
import { listCompanies } from '@/lib/companies/list/list-companies';
import {
  type CompanyListInput,
  companyListSchema,
  companyOrders,
} from '@/lib/companies/list/schemas';
import { foldCounts } from '@/lib/lists/counts';
import { getOverview } from '@/lib/operations/overview/get-overview';
import { rollUpMissing } from '@/lib/sync/roll-up';
import { listQuestions } from '@/testing/list-questions';
import { makeOperator } from '@/testing/make-customer';
import { benchmark, type Note } from './benchmark';
import { type OwnPortal, startOwnPortal } from './own-portal';
import { percentile } from './percentile';

const companies = 100_000;
const inDatabase = { atMost: 50 };
/** For what hardly anybody asks: any filter in any order, from its far end. */
const inDatabaseSeldom = { atMost: 100 };
const toTheEnd = { atMost: 300 };

benchmark('Admins’ rooms with many companies', { timeoutMs: 1_800_000 }, async (note) => {
  await seed(note);
  const admin = await makeOperator('admin');
  await measureDatabase(note, admin);
  const portal = await startOwnPortal(admin);
  try {
    await measureAnswers(note, portal);
    await measureExport(note, portal);
  } finally {
    await portal.stop();
  }
});

async function seed(note: Note): Promise<void> {
  const { DATABASE_URL = '' } = process.env;
  const db = connect(DATABASE_URL, { max: 1, queryTimeoutMs: 600_000 });
  const startMs = performance.now();
  const made = await addManyCompanies(db, companies, rollUpMissing);
  // As a worker does every minute.
  await foldCounts(db);
  await db.$client.end();
  note('companies', made.companies, { atLeast: companies });
  note('connections', made.connections, { atLeast: 250_000 });
  note('seeded in s', (performance.now() - startMs) / 1000);
}

const parse = (values: Record<string, string>) => companyListSchema.parse(values);
const searches = Object.entries(listQuestions).filter(([, { q }]) => q !== undefined);
const filters = Object.entries(listQuestions).filter(([, { q }]) => q === undefined);

/** Times of everything that a page asks of the database: the page, its rows, its count. */
async function measureDatabase(note: Note, admin: Actor): Promise<void> {
  const time = (input: CompanyListInput) => timeOf(() => listCompanies(admin, input));
  note('overview, p95 ms', await timeOf(() => getOverview(admin)), inDatabase);
  note('counts above the list, p95 ms', await timeOf(() => countKinds(admin)), inDatabase);
  note('first page, p95 ms', await time(parse({})), inDatabase);
  const [filter, search, deepest] = [slowest(), slowest(), slowest()];
  const seldom = { first: slowest(), deepest: slowest() };
  for (const [name, values] of filters) filter.see(name, await time(parse(values)));
  for (const [name, values] of searches) search.see(name, await time(parse(values)));
  for (const [name, values] of Object.entries(listQuestions)) {
    for (const sort of companyOrders.flatMap((one) => [one, `-${one}`])) {
      const input = parse({ ...values, sort });
      const what = `${name}, by ${sort}`;
      seldom.first.see(what, await time(input));
      const { before } = await listCompanies(admin, { ...input, before: 'end' });
      if (!before) continue;
      const ms = await time({ ...input, before });
      seldom.deepest.see(what, ms);
      if (name === 'nothing') deepest.see(`by ${sort}`, ms);
    }
  }
  note(`slowest filter (${filter.name}), p95 ms`, filter.ms, inDatabase);
  note(`slowest search (${search.name}), p95 ms`, search.ms, inDatabase);
  note(`slowest last page but one (${deepest.name}), p95 ms`, deepest.ms, inDatabase);
  const { first, deepest: last } = seldom;
  note(`slowest of all in any order (${first.name}), p95 ms`, first.ms, inDatabaseSeldom);
  note(`slowest last but one of all (${last.name}), p95 ms`, last.ms, inDatabaseSeldom);
}

function slowest() {
  return {
    ...{ name: '', ms: 0 },
    see(name: string, ms: number) {
      if (ms > this.ms) Object.assign(this, { name, ms });
    },
  };
}

const tries = 20;

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index <= tries; index += 1) {
    const startMs = performance.now();
    await run();
    // The first warms up what the others then measure.
    if (index > 0) times.push(performance.now() - startMs);
  }
  return percentile(times, 0.95);
}

/** Times from asking to the last byte of the page. */
async function measureAnswers(note: Note, portal: OwnPortal): Promise<void> {
  const time = (path: string) => timeOf(() => portal.get(path));
  const address = (values: Record<string, string>) =>
    `/admin/companies?${new URLSearchParams(values)}`;
  for (let warm = 0; warm < 10; warm += 1) await portal.get('/admin/companies');
  note('answer: overview, p95 ms', await time('/admin'), toTheEnd);
  note('answer: first page, p95 ms', await time('/admin/companies'), toTheEnd);
  let [filter, search] = [0, 0];
  for (const [, values] of filters) filter = Math.max(filter, await time(address(values)));
  for (const [, values] of searches) search = Math.max(search, await time(address(values)));
  note('answer: slowest filter, p95 ms', filter, toTheEnd);
  note('answer: slowest search, p95 ms', search, toTheEnd);
  let deepest = 0;
  for (const sort of companyOrders) {
    deepest = Math.max(deepest, await time(address({ sort, before: 'end' })));
  }
  note('answer: slowest last page, p95 ms', deepest, toTheEnd);
}

async function measureExport(note: Note, portal: OwnPortal): Promise<void> {
  const beforeMb = portal.memoryMb();
  let mostMb = beforeMb;
  const watch = setInterval(() => {
    mostMb = Math.max(mostMb, portal.memoryMb());
  }, 50);
  const startMs = performance.now();
  const text = await portal.get('/admin/companies/export?sort=name').finally(() => {
    clearInterval(watch);
  });
  note('export of all: lines', text.split('\r\n').length - 2, { atLeast: companies * 0.99 });
  note('export of all: s', (performance.now() - startMs) / 1000);
  note('export of all: memory before, MB', beforeMb);
  note('export of all: memory more at most, MB', mostMb - beforeMb, { atMost: 200 });
}
