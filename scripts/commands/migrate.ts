import { connect } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { getEnv } from '@/lib/env';
import { installQueues } from '@/lib/jobs/boss';
import { rollUpMissing } from '@/lib/sync/roll-up';

const { DATABASE_URL } = getEnv();
const db = connect(DATABASE_URL, { max: 2 });
try {
  await migrateDatabase(db, 'db/migrations');
  await rollUpMissing(db);
  await installQueues(DATABASE_URL);
  console.log('The database is up to date.');
} finally {
  await db.$client.end();
}
