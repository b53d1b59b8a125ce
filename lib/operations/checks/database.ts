import 'server-only';
import { getMigrationState } from '@/db/migration-state';
import { type Check, checkText } from './check';
import { compareClocks, reasonOf, requireDatabase, requireSetting, troubleOf } from './context';

/** The driver names some of its reasons only in a sentence. */
function databaseReason(error: unknown): string {
  const reason = reasonOf(error);
  const said = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
  return reason === 'no answer' && /SSL/.test(said) ? said : reason;
}

/** What to do about a database that does not answer, by PostgreSQL's code or the network's. */
function fixFor(reason: string) {
  const trouble = troubleOf(reason);
  if (trouble) return checkText(`database.${trouble}`);
  if (reason === '28P01' || reason === '28000') return checkText('database.fixLogin');
  if (reason === '3D000') return checkText('database.fixName');
  if (reason === '08P01') return checkText('database.fixPooler');
  if (/SSL/.test(reason)) return checkText('database.fixTls');
  if (reason === 'ENOENT') return checkText('database.fixFile');
  return checkText('database.fixSilent');
}

/** Whether the database answers, and is one that the portal can use. */
export const database: Check = {
  id: 'database',
  group: 'database',
  run: async (context) => {
    requireSetting(context, 'DATABASE_URL');
    const facts = await context.database?.().catch((error: unknown) => ({ error }));
    if (!facts || 'error' in facts) {
      const reason = databaseReason(facts?.error);
      return {
        state: 'fail',
        found: checkText('database.silent', { reason }),
        fix: fixFor(reason),
        fixedIn: 'environment',
      };
    }
    const { version, versionNumber, encoding, durationMs, readOnly, name } = facts;
    if (readOnly) {
      return {
        state: 'fail',
        found: checkText(readOnly === 'standby' ? 'database.standby' : 'database.readOnly'),
        fix:
          readOnly === 'standby'
            ? checkText('database.fixStandby')
            : checkText('database.fixReadOnly', { name }),
        fixedIn: 'environment',
      };
    }
    if (versionNumber < 150_000) {
      return {
        state: 'fail',
        found: checkText('database.old', { version }),
        fix: checkText('database.fixOld'),
        fixedIn: 'environment',
      };
    }
    if (encoding !== 'UTF8') {
      return {
        state: 'fail',
        found: checkText('database.encoding', { encoding }),
        fix: checkText('database.fixEncoding'),
        fixedIn: 'environment',
      };
    }
    return { state: 'ok', found: checkText('database.ok', { version, ms: durationMs }) };
  },
};

/** Whether the database has the tables that this build expects. */
export const migrations: Check = {
  id: 'migrations',
  group: 'database',
  run: async (context) => {
    const { db } = await requireDatabase(context);
    const { known, missing, isNew, isAhead } = await getMigrationState(db);
    if (missing > 0) {
      return {
        state: 'fail',
        found: isNew
          ? checkText('migrations.never')
          : checkText('migrations.behind', { count: missing }),
        fix: checkText('migrations.fix'),
        fixedIn: 'environment',
      };
    }
    if (isAhead) {
      return {
        state: 'warn',
        found: checkText('migrations.ahead'),
        fix: checkText('migrations.fixAhead'),
        fixedIn: 'environment',
      };
    }
    return { state: 'ok', found: checkText('migrations.ok', { count: known }) };
  },
};

/** Our clock against the database's, by which times are stored and compared. */
export const clockDatabase: Check = {
  id: 'clock-database',
  group: 'database',
  run: async (context) => {
    const { facts } = await requireDatabase(context);
    return compareClocks('clock-database', facts.aheadMs);
  },
};

const needed = ['pg_trgm'];

/** Whether the extensions that searches rest on are there. */
export const databaseExtensions: Check = {
  id: 'database-extensions',
  group: 'database',
  run: async (context) => {
    const { facts } = await requireDatabase(context);
    const missing = needed.filter((name) => !facts.extensions.includes(name));
    if (missing.length === 0) {
      return {
        state: 'ok',
        found: checkText('database-extensions.ok', { names: needed.join(', ') }),
      };
    }
    const names = missing.join(', ');
    return {
      state: 'fail',
      found: checkText('database-extensions.missing', { names }),
      fix: checkText('database-extensions.fix', { names }),
      fixedIn: 'environment',
    };
  },
};

const nearShare = 0.8;

/** Whether the database has connections left. */
export const connections: Check = {
  id: 'connections',
  group: 'database',
  run: async (context) => {
    const { facts } = await requireDatabase(context);
    const { connections: used, maxConnections: max } = facts;
    if (used < max * nearShare) {
      return { state: 'ok', found: checkText('connections.ok', { used, max }) };
    }
    return {
      state: 'warn',
      found: checkText('connections.near', { used, max }),
      fix: checkText('connections.fix'),
      fixedIn: 'environment',
    };
  },
};
