import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { checkFindings } from '@/db/schema/operations';
import { type Check, checkText } from './check';
import { requireMigrated } from './context';

/**
 * Puts straight into the findings that a customer was kept from leaving for an origin that the
 * settings don't permit: no check could find it out again.
 */
export async function storeRefusedLink(origin: string): Promise<void> {
  const now = new Date();
  const refused = {
    group: 'codat' as const,
    title: checkText('hand-offs.title'),
    state: 'fail' as const,
    found: checkText('hand-offs.refused', { origin, at: now.getTime() }),
    fix: checkText('hand-offs.fix', { origin }),
    fixedIn: 'environment' as const,
    checkedAt: now,
  };
  const since = sql`case when ${checkFindings.state} = 'fail' then ${checkFindings.since}
    else excluded.since end`;
  await getDb()
    .insert(checkFindings)
    .values({ id: 'hand-offs', ...refused, since: now, position: 0 })
    .onConflictDoUpdate({ target: checkFindings.id, set: { ...refused, since } });
}

/** Whether a Link URL was refused and no hand-off has succeeded since. */
export const handOffs: Check = {
  id: 'hand-offs',
  group: 'codat',
  run: async (context) => {
    const db = await requireMigrated(context);
    const [refused] = await db
      .select({ found: checkFindings.found, fix: checkFindings.fix })
      .from(checkFindings)
      .where(and(eq(checkFindings.id, 'hand-offs'), eq(checkFindings.state, 'fail')));
    if (!refused) return { state: 'ok', found: checkText('hand-offs.ok') };
    const { found, fix } = refused;
    const at = Number(found.params?.at ?? 0);
    const { rows } = await db.execute<{ better: boolean }>(sql`
      select exists (select from link_sessions where handed_off_at is not null
        and started_at > to_timestamp(${at / 1000})) as better`);
    if (rows[0]?.better) return { state: 'ok', found: checkText('hand-offs.ok') };
    return { state: 'fail', found, ...(fix && { fix }), fixedIn: 'environment' };
  },
};
