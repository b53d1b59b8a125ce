import 'server-only';
import { notInArray, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { checkFindings } from '@/db/schema/system';
import type { Finding } from './types';

/**
 * Keeps what a run found in place of what an earlier one did. Of two runs at once the one that began
 * later counts.
 */
export async function storeFindings(db: Db, findings: Finding[], checkedAt: Date): Promise<void> {
  const rows = findings.map((finding, position) => ({
    ...finding,
    position,
    checkedAt,
    since: checkedAt,
  }));
  const given = (column: string) => sql.raw(`excluded.${column}`);
  await db.transaction(async (tx) => {
    await tx
      .insert(checkFindings)
      .values(rows)
      .onConflictDoUpdate({
        target: checkFindings.id,
        set: {
          group: given('check_group'),
          title: given('title'),
          state: given('state'),
          found: given('found'),
          mend: given('mend'),
          mender: given('mender'),
          position: given('position'),
          checkedAt: given('checked_at'),
          since: sql`case when ${checkFindings.state} = excluded.state
            then ${checkFindings.since} else excluded.since end`,
        },
        setWhere: sql`${checkFindings.checkedAt} <= excluded.checked_at`,
      });
    const gone = notInArray(
      checkFindings.id,
      rows.map(({ id }) => id),
    );
    await tx
      .delete(checkFindings)
      .where(sql`${gone} and ${checkFindings.checkedAt} <= ${checkedAt}`);
  });
}
