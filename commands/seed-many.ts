import { parseArgs } from 'node:util';
import { connect, getDb } from '@/db/client';
import { addManyCompanies } from '@/db/seed/many-companies';
import { getEnv } from '@/env';
import { rollUpMissing } from '@/lib/sync/roll-up';
import { requireMarkedDatabase } from './demo-data/require-marked-database';

const mostAtOnce = 1_000_000;

/** Adds as many companies as `--companies` says to a database of our own making. */
async function seed(companies: number): Promise<void> {
  await requireMarkedDatabase();
  const db = connect(getEnv().DATABASE_URL, { max: 1, queryTimeoutMs: 3_600_000 });
  try {
    const startMs = performance.now();
    const made = await addManyCompanies(db, companies, rollUpMissing);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    console.log(
      `Added ${made.companies} companies, ${made.connections} connections and ${made.users} people in ${seconds} s.`,
    );
    console.log('Codat doesn’t know any of them.');
  } finally {
    await db.$client.end();
  }
}

const { values } = parseArgs({ options: { companies: { type: 'string', default: '100000' } } });
const companies = Number(values.companies);
try {
  if (Number.isInteger(companies) && companies > 0 && companies <= mostAtOnce) {
    await seed(companies);
  } else {
    console.error(
      `How many? Up to ${mostAtOnce} at once, with: npm run seed:many -- --companies 100000`,
    );
    process.exitCode = 1;
  }
} finally {
  await getDb().$client.end();
}
