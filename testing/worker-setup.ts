import { databaseUrl, workerDatabase } from './database-names';

const base = process.env.DATABASE_URL;
const workerId = process.env.VITEST_POOL_ID ?? '1';

// One environment for all unit and integration tests, complete without the launcher's.
Object.assign(process.env, {
  PORTAL_MODE: 'test',
  APP_URL: 'http://localhost:3000',
  AUTH_SECRET: 'test-secret-test-secret-test-secret-1',
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
  CODAT_API_KEY: 'test-key',
  CODAT_API_URL: 'http://localhost:1',
  CODAT_LINK_ORIGINS: 'http://localhost:1',
  CODAT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 2).toString('base64')}`,
  LOG_LEVEL: 'silent',
  DATABASE_URL: base
    ? databaseUrl(base, workerDatabase(base, workerId))
    : 'postgres://nobody@localhost:1/none',
});
