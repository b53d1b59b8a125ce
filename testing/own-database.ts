import { Client } from 'pg';
import { databaseUrl } from './database-names';

/**
 * A migrated, empty database for a single test file, whose many rows would be in the way of others.
 * Call it before the first `getDb()`, and what it answers when all is done.
 */
export async function makeOwnDatabase(name: string): Promise<() => Promise<void>> {
  const worker = process.env.DATABASE_URL ?? '';
  const template = new URL(worker).pathname.slice(1).replace(/_worker_\d+$/, '');
  const own = `${template}_${name}`;
  await onServer(worker, `drop database if exists "${own}" with (force)`);
  await onServer(worker, `create database "${own}" template "${template}"`);
  process.env.DATABASE_URL = databaseUrl(worker, own);
  return () => onServer(worker, `drop database "${own}" with (force)`);
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl(url, 'postgres') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
