import { parseArgs } from 'node:util';
import { connect } from '@/db/client';
import { addManyCompanies } from '@/db/seed/many-companies';
import { takeSettings } from '@/env';
import { rollUpMissing } from '@/lib/sync/roll-up';
import { requireMarkedDatabase } from './demo-data/require-marked-database';
import { runCommand } from './printing/run-command';

const mostAtOnce = 1_000_000;
const usage = `How many? Up to ${mostAtOnce} at once, with: npm run seed:many -- --companies 100000`;

/** Adds as many companies as `--companies` says to a database of our own making. */
async function seed(): Promise<void> {
  const { values } = parseArgs({ options: { companies: { type: 'string', default: '100000' } } });
  const companies = Number(values.companies);
  if (!Number.isInteger(companies) || companies < 1 || companies > mostAtOnce) {
    throw new Error(usage);
  }
  const { DATABASE_URL } = takeSettings('DATABASE_URL', 'PORTAL_MODE');
  await requireMarkedDatabase();
  const db = connect(DATABASE_URL, { max: 1, queryTimeoutMs: 3_600_000 });
  try {
    const startMs = performance.now();
    const made = await addManyCompanies(db, companies, rollUpMissing);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    console.log(
      `Added ${made.companies} companies, ${made.connections} connections and ${made.users} people in ${seconds} s.`,
    );
    console.log('Codat doesn’t know any of them, and is never asked about them.');
  } finally {
    await db.$client.end();
  }
}

await runCommand(seed);
