import { connect } from '../postgres/connect.mjs';
import { Problem } from '../problem.mjs';

/**
 * Refuses a database that is neither empty nor marked as made by this same kind of run (`demo`,
 * `dev`, `test`): an exported DATABASE_URL may be production's, and migrating it is already too much.
 */
export async function requireOwnDatabase(url, kind) {
  const client = await connectTo(url);
  try {
    if ((await isEmpty(client)) || (await hasMarker(client, kind))) return;
  } finally {
    await client.end();
  }
  throw new Problem(
    `DATABASE_URL names a database that npm ${kind === 'test' ? 'test' : `run ${kind}`} didn’t create, so it was left untouched. Unset DATABASE_URL to use the embedded PostgreSQL, or name an empty database.`,
  );
}

/** Marks a migrated database that `requireOwnDatabase` has passed, for the commands that seed it. */
export async function markDatabase(url, kind) {
  const client = await connectTo(url);
  try {
    await client.query('insert into environment_marker (kind) values ($1) on conflict do nothing', [
      kind,
    ]);
  } finally {
    await client.end();
  }
}

async function connectTo(url) {
  try {
    return await connect(url);
  } catch (error) {
    throw new Problem(`Can’t reach the database in DATABASE_URL: ${error.message}`);
  }
}

async function isEmpty(client) {
  const { rows } = await client.query(
    `select not exists (
       select from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
         and n.nspname not like 'pg\\_%'
     ) as empty`,
  );
  return rows[0].empty;
}

async function hasMarker(client, kind) {
  const { rows } = await client.query("select to_regclass('environment_marker') as name");
  if (!rows[0].name) return false;
  const found = await client.query('select from environment_marker where kind = $1', [kind]);
  return found.rowCount > 0;
}
