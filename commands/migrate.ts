import { connect } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { takeSettings } from '@/env';
import { installQueues } from '@/lib/runtime/jobs/boss';
import { rollUpMissing } from '@/lib/sync/roll-up';
import { runCommand } from './printing/run-command';

async function migrate(): Promise<void> {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = takeSettings('DATABASE_URL', 'DATABASE_DIRECT_URL');
  const url = DATABASE_DIRECT_URL ?? DATABASE_URL;
  // An index on a big table, or rolling up a million companies, takes as long as it takes.
  const db = connect(url, { max: 2, queryTimeoutMs: 24 * 3_600_000 });
  try {
    await migrateDatabase(db, 'db');
    await rollUpMissing(db);
    await installQueues(db, url);
    console.log('The database is up to date.');
  } finally {
    await db.$client.end();
  }
}

await runCommand(migrate);
