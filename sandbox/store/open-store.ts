import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA, SCHEMA_VERSION, UPGRADES } from './schema';

/** The sandbox's own SQLite file. Synchronous: a request's effect is whole or absent. */
export interface Store {
  /** Returns the number of changed rows. */
  run(sql: string, ...values: SQLInputValue[]): number;
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  /** Commits when `work` returns, rolls back when it throws; may be nested. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

function upgrade(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA user_version').get();
  const found = Math.max(Number(row?.user_version ?? 0), 1);
  if (found > SCHEMA_VERSION) {
    throw new Error('The store was written by a newer version; empty its folder or update');
  }
  const isNew = !database.prepare('SELECT 1 FROM sqlite_master').get();
  for (let version = found + 1; version <= SCHEMA_VERSION && !isNew; version++) {
    database.exec(UPGRADES[version] ?? '');
  }
  database.exec(SCHEMA);
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/** Opens (and creates) the store at `file`; WAL, so that a killed process loses nothing committed. */
export function openStore(file: string): Store {
  mkdirSync(path.dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 3000;',
  );
  upgrade(database);

  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };

  let depth = 0;
  return {
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    get: <Row>(sql: string, ...values: SQLInputValue[]) =>
      prepare(sql).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: SQLInputValue[]) => prepare(sql).all(...values) as Row[],
    transaction: (work) => {
      if (depth > 0) return work();
      database.exec('BEGIN IMMEDIATE');
      depth += 1;
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close: () => database.close(),
  };
}
