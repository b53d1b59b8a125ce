import type { Pool } from 'pg';

/** Everything that must never be lost or changed, row by row. */
export async function readEvidence(db: Pool): Promise<string[]> {
  const { rows } = await db.query<{ row: string }>(
    `select to_jsonb(consents)::text as row from consents
     union all select to_jsonb(audit_entries)::text from audit_entries order by 1`,
  );
  return rows.map(({ row }) => row);
}

/** What of it is no longer there as it was. */
export async function missingFrom(db: Pool, kept: string[]): Promise<string[]> {
  const there = new Set(await readEvidence(db));
  return kept.filter((row) => !there.has(row));
}
