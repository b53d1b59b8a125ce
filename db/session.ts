import 'server-only';
import type { EventEmitter } from 'node:events';
import { Client, type ClientConfig } from 'pg';

/**
 * What queries and the driver rest on. A database or role may have other defaults
 * (`ALTER DATABASE … SET datestyle = 'SQL, DMY'`), and none of them reaches a session of ours. Left
 * out is what an operator may want to decide: memory, planner, `synchronous_commit`, and
 * `default_transaction_read_only`, which protects a disk that is full.
 */
export const sessionSettings = {
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  backslash_quote: 'safe_encoding',
  array_nulls: 'on',
  transform_null_equals: 'off',
  quote_all_identifiers: 'off',
  row_security: 'on',
  gin_fuzzy_search_limit: '0',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  exit_on_error: 'off',
  lock_timeout: '0',
  transaction_timeout: '0',
  idle_session_timeout: '0',
} as const;

/**
 * The one schema that queries find our tables in: where they are, and of several that the role may
 * use the one its own search path names first. In an empty database where the role would make them.
 */
const place = `coalesce(
  (select n.nspname from pg_catalog.pg_class t
    join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) t.relnamespace
    where t.relname operator(pg_catalog.=) 'company_reads' and t.relkind operator(pg_catalog.=) 'r'
      and pg_catalog.has_schema_privilege(n.oid, 'usage')
    order by pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname),
      n.nspname operator(pg_catalog.<>) 'public', n.nspname limit 1),
  nullif(pg_catalog.current_schema(), 'pg_catalog'), 'public')`;

/** Operators and index classes of the search are the extension's, which may be anywhere. */
const extension = `(select n.nspname from pg_catalog.pg_extension e
    join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) e.extnamespace
    where e.extname operator(pg_catalog.=) 'pg_trgm')`;

/** By SQL and not in the start-up packet, where PgBouncer refuses what it doesn't know. */
function sessionSql(statementTimeoutMs: number, idleInTransactionMs: number): string {
  const settings = Object.entries({
    ...sessionSettings,
    idle_in_transaction_session_timeout: String(idleInTransactionMs),
  });
  const values = settings.map(([name, value]) => `('${name}', '${value}')`).join(', ');
  return `set statement_timeout = ${statementTimeoutMs};
    select pg_catalog.set_config(name, value, false) from (values ${values}) as wanted (name, value)
      where pg_catalog.current_setting(name, true) is not null;
    select pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ',
      pg_catalog.quote_ident(place), pg_catalog.quote_ident(nullif(extension, place))), false)
      from (select ${place} as place, ${extension} as extension) as found`;
}

export type SessionConfig = Pick<
  ClientConfig,
  'application_name' | 'connectionTimeoutMillis' | 'keepAlive' | 'query_timeout' | 'stream'
> & {
  /** After this the server gives a statement up; what it has given up has had no effect. */
  statementTimeoutMs?: number;
  idleInTransactionMs?: number;
};

const readOnlyTransaction = '25006';

type Connected = ((error: Error) => void) | ((error: null, client: Client) => void);

/** A connection of ours, of whatever kind: pool, LISTEN or pg-boss. Ready when its session is. */
export class SessionClient extends Client {
  readonly #sql: string;
  /** It was refused a write: its server has become read-only, and the new primary may be elsewhere. */
  isReadOnly = false;

  constructor(config: SessionConfig & ClientConfig = {}) {
    super(config);
    this.#sql = sessionSql(config.statementTimeoutMs ?? 0, config.idleInTransactionMs ?? 15_000);
    // A connection that breaks must not end the process; whose query it was is told.
    this.on('error', () => {});
    const { connection } = this as unknown as { connection: EventEmitter };
    connection.on('errorMessage', ({ code }: { code?: string }) => {
      this.isReadOnly ||= code === readOnlyTransaction;
    });
  }

  override connect(): Promise<Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<Client> | undefined {
    const ready = super.connect().then(async () => {
      await this.query(this.#sql).catch(async (error: unknown) => {
        await this.end().catch(() => {});
        throw error;
      });
      return this;
    });
    if (!callback) return ready;
    const tell = callback as (error: Error | null, client?: Client) => void;
    ready.then((client) => tell(null, client), tell);
    return undefined;
  }
}

/** What a pool needs to open such connections, our own or that of pg-boss. */
export function sessionPool(connectionString: string, config: SessionConfig) {
  return { connectionString, ...config, Client: SessionClient };
}

/** One such connection, not yet open. */
export function sessionClient(connectionString: string, config: SessionConfig): SessionClient {
  return new SessionClient({ connectionString, ...config });
}
