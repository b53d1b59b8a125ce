import 'server-only';
import type { Db } from '@/db/client';
import { getMigrationState } from '@/db/migration-state';
import type { Env, EnvInspection } from '@/env';
import { CodatError } from '@/lib/codat/errors';
import { accessOf, type CodatProbe, probeCodat } from '@/lib/codat/probe';
import type { CallPriority } from '@/lib/codat/transport';
import { CannotCheck, type CheckContext, checkText, type Outcome } from './check';
import { type DatabaseFacts, probeDatabase } from './probe-database';

/** What the checks are given, of an environment that may be wrong and a database that may be away. */
export function createContext(
  environment: EnvInspection,
  db: Db | null,
  priority: CallPriority = 'person',
): CheckContext {
  const access = accessOf(environment, { priority, db });
  return {
    environment,
    db,
    codat: access && probeCodat(access),
    database: db && probeDatabase(db),
  };
}

/** @throws CannotCheck when the setting is missing or wrong. */
export function requireSetting<Name extends keyof Env>(
  { environment }: CheckContext,
  name: Name,
): NonNullable<Env[Name]> {
  const value = environment.values[name];
  if (value === undefined) throw new CannotCheck('setting', { name });
  return value;
}

/** @throws CannotCheck when nothing can be asked of Codat, or it did not answer with what was asked. */
export async function askCodat<T>(
  context: CheckContext,
  ask: (codat: CodatProbe) => Promise<T>,
): Promise<T> {
  requireSetting(context, 'CODAT_API_URL');
  requireSetting(context, 'CODAT_API_KEY');
  if (!context.codat) throw new CannotCheck('codat');
  return ask(context.codat).catch((error: unknown) => {
    if (isHeld(error)) throw new CannotCheck('codatHeld');
    const status = statusOf(error);
    throw status === null ? new CannotCheck('codat') : new CannotCheck('codatRefuses', { status });
  });
}

/** Whether the gate to Codat let no call through. */
export function isHeld(error: unknown): boolean {
  return error instanceof CodatError && error.kind === 'held';
}

function statusOf(error: unknown): number | null {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null;
}

/** @throws CannotCheck when the database does not answer. */
export async function requireDatabase(context: CheckContext) {
  requireSetting(context, 'DATABASE_URL');
  const { database, db } = context;
  if (!database || !db) throw new CannotCheck('database');
  const facts: DatabaseFacts = await database().catch(() => {
    throw new CannotCheck('database');
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

/** Codes of OpenSSL and Node for a certificate that this machine has no reason to trust. */
const untrusted =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|CERT_UNTRUSTED)$/;

/** What kind of trouble a reason is, where there is something to say of it. */
export function troubleOf(reason: string): 'certificate' | 'certificateName' | null {
  if (untrusted.test(reason)) return 'certificate';
  if (/^(ERR_TLS_CERT_ALTNAME_INVALID|CERT_(HAS_EXPIRED|NOT_YET_VALID))$/.test(reason)) {
    return 'certificateName';
  }
  return null;
}

/** @throws CannotCheck when the database does not answer or lacks a table that the portal expects. */
export async function requireMigrated(context: CheckContext): Promise<Db> {
  const { db } = await requireDatabase(context);
  const { missing } = await getMigrationState(db);
  if (missing > 0) throw new CannotCheck('migrations');
  return db;
}

const warnFromMs = 60_000;
/** From here on every webhook's time stamp is out of the 300 s that it may be off. */
const failFromMs = 300_000;

/** What a difference of clocks means. */
export function compareClocks(against: 'clock-codat' | 'clock-database', aheadMs: number): Outcome {
  const seconds = Math.floor(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) < warnFromMs)
    return { state: 'ok', found: checkText(`${against}.ok`, { seconds }) };
  const direction = aheadMs > 0 ? 'behind' : 'ahead';
  return {
    state: Math.abs(aheadMs) < failFromMs ? 'warn' : 'fail',
    found: checkText(`${against}.off`, { seconds, direction }),
    fix: checkText(`${against}.fix`),
    fixedIn: 'environment',
  };
}
