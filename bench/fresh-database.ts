import { Client } from 'pg';
import { databaseUrl, workerDatabase } from '@/testing/database-names';

// Runs before each file, so that what one has filled up does not slow down the next.
const base = process.env.DATABASE_URL;
if (!base) throw new Error('Benchmarks need a database: run them with npm run bench');
const name = workerDatabase(base, process.env.VITEST_POOL_ID ?? '1');
const admin = new Client({ connectionString: databaseUrl(base, 'postgres') });
await admin.connect();
await admin.query(`drop database if exists "${name}" with (force)`);
await admin.query(`create database "${name}" template "${new URL(base).pathname.slice(1)}"`);
await admin.end();
