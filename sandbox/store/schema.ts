/** Raise with every change that `CREATE TABLE IF NOT EXISTS` doesn't make. */
export const SCHEMA_VERSION = 3;

/** What brings a store of the version before to each version; `SCHEMA` is run afterwards. */
export const UPGRADES: Readonly<Record<number, string>> = {
  // Flows live a day at most, so they are restarted rather than converted.
  2: 'DROP TABLE IF EXISTS sign_ins; DROP TABLE IF EXISTS flows;',
  3: `ALTER TABLE companies ADD COLUMN products TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE companies ADD COLUMN parent_id TEXT;
      ALTER TABLE companies ADD COLUMN sync_hours INTEGER;
      ALTER TABLE companies ADD COLUMN modified_ms INTEGER NOT NULL DEFAULT 0;
      UPDATE companies SET modified_ms = created_ms;
      ALTER TABLE connections ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;`,
};

/** Columns ending in `_at` are on the movable clock, those ending in `_ms` on the real one. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS companies (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  description TEXT, tags TEXT, created_ms INTEGER NOT NULL, products TEXT NOT NULL DEFAULT '[]',
  parent_id TEXT, sync_hours INTEGER, modified_ms INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS companies_by_parent ON companies (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS connections (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, company_id TEXT NOT NULL,
  platform_key TEXT NOT NULL, status TEXT NOT NULL, created_ms INTEGER NOT NULL,
  last_sync_ms INTEGER, errors TEXT NOT NULL DEFAULT '[]', was_linked INTEGER NOT NULL DEFAULT 0,
  account_name TEXT, stopped INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS connections_by_last_sync ON connections (last_sync_ms)
  WHERE status = 'Linked' AND stopped = 0;
CREATE INDEX IF NOT EXISTS connections_by_company ON connections (company_id, seq);
CREATE INDEX IF NOT EXISTS connections_by_status ON connections (status, company_id);

CREATE TABLE IF NOT EXISTS requests (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, method TEXT NOT NULL,
  path TEXT NOT NULL, query TEXT NOT NULL, status INTEGER);
CREATE INDEX IF NOT EXISTS requests_by_time ON requests (at_ms);

CREATE TABLE IF NOT EXISTS idempotency (
  key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
  content_type TEXT, body TEXT NOT NULL, expires_at INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS quota (
  day TEXT PRIMARY KEY, used INTEGER NOT NULL, reached INTEGER NOT NULL DEFAULT 0);

CREATE TABLE IF NOT EXISTS faults (
  id INTEGER PRIMARY KEY AUTOINCREMENT, definition TEXT NOT NULL, remaining INTEGER);

CREATE TABLE IF NOT EXISTS one_time_passwords (
  otp TEXT PRIMARY KEY, company_id TEXT NOT NULL, connection_id TEXT,
  expires_at INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS one_time_passwords_by_expiry ON one_time_passwords (expires_at);

CREATE TABLE IF NOT EXISTS flows (
  id TEXT PRIMARY KEY, company_id TEXT NOT NULL, connection_id TEXT, browser TEXT,
  parameters TEXT NOT NULL, last_connection_id TEXT,
  problem TEXT, problem_text TEXT, finished_with TEXT, touched_at INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS sign_ins (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, flow_id TEXT NOT NULL,
  connection_id TEXT NOT NULL, result TEXT, account_name TEXT, applied INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS sign_ins_by_flow ON sign_ins (flow_id);

CREATE TABLE IF NOT EXISTS consumers (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL,
  event_types TEXT NOT NULL, company_tags TEXT, disabled INTEGER NOT NULL DEFAULT 0,
  secrets TEXT, failing_since_at INTEGER);

CREATE TABLE IF NOT EXISTS messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, event_type TEXT NOT NULL,
  company_id TEXT, company_tags TEXT NOT NULL, body TEXT NOT NULL, generated_ms INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL, consumer_id TEXT NOT NULL,
  state TEXT NOT NULL, failures INTEGER NOT NULL DEFAULT 0, next_attempt_at INTEGER,
  repeats INTEGER NOT NULL DEFAULT 0, dropped INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS deliveries_by_message ON deliveries (message_id);

CREATE TABLE IF NOT EXISTS attempts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, delivery_id INTEGER NOT NULL, at_ms INTEGER NOT NULL,
  status INTEGER, error TEXT);
CREATE INDEX IF NOT EXISTS attempts_by_delivery ON attempts (delivery_id);

CREATE TABLE IF NOT EXISTS initial_reads (
  connection_id TEXT PRIMARY KEY, due_at INTEGER NOT NULL);
`;

/** Emptied by a reset; `meta` is kept, because it holds the identity of the client. */
export const STATE_TABLES = [
  'companies',
  'connections',
  'requests',
  'idempotency',
  'quota',
  'faults',
  'one_time_passwords',
  'flows',
  'sign_ins',
  'consumers',
  'messages',
  'deliveries',
  'attempts',
  'initial_reads',
] as const;
