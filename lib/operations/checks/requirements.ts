import 'server-only';
import type { Db } from '@/db/client';
import { getMigrationState } from '@/db/migration-state';
import type { Env } from '@/env';
import type { CodatLook } from '@/lib/codat/probe';
import { CannotTell, type CheckContext } from './check';
import type { DatabaseFacts } from './look-at-database';

/** @throws CannotTell when the setting is missing or wrong. */
export function requireSetting<Name extends keyof Env>(
  { environment }: CheckContext,
  name: Name,
): NonNullable<Env[Name]> {
  const value = environment.values[name];
  if (value === undefined) throw new CannotTell('setting', { name });
  return value;
}

/** @throws CannotTell when nothing can be asked of Codat, or it did not answer with what was asked. */
export async function askLook<T>(
  context: CheckContext,
  ask: (codat: CodatLook) => Promise<T>,
): Promise<T> {
  requireSetting(context, 'CODAT_API_URL');
  requireSetting(context, 'CODAT_API_KEY');
  if (!context.codat) throw new CannotTell('codat');
  return ask(context.codat).catch((error: unknown) => {
    const status = statusOf(error);
    throw status === null ? new CannotTell('codat') : new CannotTell('codatRefuses', { status });
  });
}

function statusOf(error: unknown): number | null {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null;
}

/** @throws CannotTell when the database does not answer. */
export async function requireDatabase(context: CheckContext) {
  requireSetting(context, 'DATABASE_URL');
  const { database, db } = context;
  if (!database || !db) throw new CannotTell('database');
  const facts: DatabaseFacts = await database().catch(() => {
    throw new CannotTell('database');
  });
  return { db, facts };
}

/** In a word or two why something did not answer: the code of the innermost cause that has one. */
export function reasonOf(error: unknown): string {
  let reason = 'no answer';
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code, name } = current as { code?: unknown; name: string };
    if (name === 'TimeoutError') return 'no answer in time';
    if (typeof code === 'string') reason = code;
    if (current instanceof AggregateError) reason = reasonOf(current.errors[0]);
  }
  return reason;
}

/** @throws CannotTell when the database does not answer or lacks a table that the portal expects. */
export async function requireMigrated(context: CheckContext): Promise<Db> {
  const { db } = await requireDatabase(context);
  const { missing } = await getMigrationState(db);
  if (missing > 0) throw new CannotTell('migrations');
  return db;
}
