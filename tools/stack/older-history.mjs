import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../paths.mjs';
import { connect } from '../postgres/connect.mjs';

/**
 * Moves a demo's database aside if migrations made it that these sources no longer have, together with
 * the local Codat that belongs to it, so that both start empty. Only for the embedded PostgreSQL, and
 * before either is in use. Answers one line that says so, or null.
 */
export async function moveOlderAside(cluster, { name, sandboxFolder, now = new Date() }) {
  if (!(await hasOlderHistory(cluster.url(name)))) return null;
  const stamp = now.toISOString().slice(0, 19).replace(/\D/g, '');
  const kept = `${name}_${stamp}`;
  const client = await connect(cluster.url('postgres'));
  try {
    const [from, to] = [name, kept].map((one) => client.escapeIdentifier(one));
    await client.query(`alter database ${from} rename to ${to}`);
    await client.query(`create database ${from}`);
  } finally {
    await client.end();
  }
  const aside = `${sandboxFolder}-${stamp}`;
  const hasSandbox = existsSync(sandboxFolder);
  if (hasSandbox) renameSync(sandboxFolder, aside);
  return `The data is of an earlier version and was moved aside: the database is now ${kept}${hasSandbox ? `, the local Codat's folder ${aside}` : ''}`;
}

async function hasOlderHistory(url) {
  const journal = join(rootDir, 'db/migrations/meta/_journal.json');
  const { entries } = JSON.parse(readFileSync(journal, 'utf8'));
  const client = await connect(url);
  try {
    const { rows } = await client.query(
      "select to_regclass('drizzle.__drizzle_migrations')::text as name",
    );
    if (!rows[0].name) return false;
    const { rowCount } = await client.query(
      'select from drizzle.__drizzle_migrations where created_at < $1 limit 1',
      [Math.min(...entries.map(({ when }) => when))],
    );
    return rowCount > 0;
  } finally {
    await client.end();
  }
}
