import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stopListening, subscribe } from '@/lib/live/listener';
import { getBoss, stopBoss } from '@/lib/runtime/jobs/boss';
import { hostileSettings } from '@/testing/hostile-settings';
import { connect } from './client';
import { sessionClient, sessionSettings } from './session';

/** What PgBouncer takes in the packet that opens a connection; it refuses the whole for any other. */
const taken = ['user', 'database', 'client_encoding', 'application_name'];

/** The names in a start-up packet: after length and version, names and values that end with a 0. */
function namesIn(packet: Buffer): string[] {
  const words = packet.subarray(8, packet.readInt32BE(0)).toString().split('\0');
  return words.filter((word, index) => index % 2 === 0 && word !== '');
}

let server: Server;
const seen: string[][] = [];
const own = process.env.DATABASE_URL ?? '';

beforeAll(async () => {
  const sockets = new Set<Socket>();
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', (packet) => {
      seen.push(namesIn(packet));
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  process.env.DATABASE_URL = `postgresql://portal@127.0.0.1:${address.port}/portal`;
});
afterAll(() => server.close());

it('opens every kind of connection with nothing that PgBouncer refuses', async () => {
  const url = process.env.DATABASE_URL ?? '';
  const pool = connect(url);
  await expect(pool.execute('select 1')).rejects.toThrow();
  await pool.$client.end();
  await expect(getBoss('work')).rejects.toThrow();
  subscribe(() => {});
  await expect.poll(() => seen.length).toBeGreaterThanOrEqual(3);
  await Promise.all([stopBoss(0), stopListening()]);
  for (const names of seen) expect(taken).toEqual(expect.arrayContaining(names));
});

it('ends a connection whose session it could not set', async () => {
  await expect(sessionClient(own, { statementTimeoutMs: -1 }).connect()).rejects.toThrow('-1');
});

it('has the settings it wants, whatever the URL asks of the server', async () => {
  const url = new URL(own);
  url.searchParams.set('options', '-c datestyle=SQL,DMY -c search_path=nowhere -c lock_timeout=7');
  const client = sessionClient(url.href, { statementTimeoutMs: 1234 });
  await client.connect();
  const { rows } = await client.query('select name, setting from pg_settings');
  await client.end();
  const now = new Map(rows.map(({ name, setting }) => [name, setting]));
  for (const [name, wanted] of Object.entries(sessionSettings)) {
    if (now.has(name)) expect([name, now.get(name)]).toEqual([name, wanted]);
  }
  expect(now.get('search_path')).toBe('public');
  expect(now.get('statement_timeout')).toBe('1234');
});

/** What a database may decide for itself: places for files, and words we neither write nor read. */
const operators = `check_function_bodies client_min_messages createrole_self_grant
  default_table_access_method default_tablespace default_text_search_config default_toast_compression
  default_transaction_read_only escape_string_warning gin_pending_list_limit icu_validation_level
  lc_monetary lc_numeric lc_time local_preload_libraries restrict_nonsystem_relation_kind
  synchronize_seqscans temp_tablespaces timezone_abbreviations xmlbinary xmloption`.split(/\s+/);

/** Set with each connection, or per transaction from their `default_…`. */
const elsewhere = `client_encoding search_path statement_timeout idle_in_transaction_session_timeout
  transaction_deferrable transaction_isolation transaction_read_only`.split(/\s+/);

it('has thought of every setting that changes what a statement means', async () => {
  const client = sessionClient(own, {});
  await client.connect();
  const { rows } = await client.query(`select name from pg_settings where context = 'user'
    and category ~ '^(Client Connection|Version and Platform|Error Handling|Lock)'`);
  await client.end();
  const known = [...Object.keys(sessionSettings), ...operators, ...elsewhere];
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
});

it('is tried against a database that has every one of them otherwise', () => {
  const hostile = hostileSettings.map(([name]) => name);
  // Of PostgreSQL 17 and newer, and refused by older ones.
  const all = Object.keys(sessionSettings).filter((name) => name !== 'transaction_timeout');
  expect(hostile).toEqual(expect.arrayContaining(all.map((name) => name.toLowerCase())));
});
