import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { operatorSettings } from '@/db/schema/system';
import { AppError } from '@/lib/errors';

const key = 'codat-setup-lease';
/** Longer than a set-up takes; one whose process died is forgotten after it. */
const leaseSeconds = 120;

/**
 * Lets one set-up at a time change Codat, over all processes: two at once would create two consumers.
 * @throws AppError `conflict` while another is at it.
 */
export async function withSetupLease<T>(db: Db, run: () => Promise<T>): Promise<T> {
  const holder = crypto.randomUUID();
  const taken = await db
    .insert(operatorSettings)
    .values({ key, value: holder })
    .onConflictDoUpdate({
      target: operatorSettings.key,
      set: { value: holder, updatedAt: sql`now()` },
      setWhere: sql`${operatorSettings.updatedAt} < now() - ${leaseSeconds} * interval '1 second'`,
    })
    .returning({ key: operatorSettings.key });
  if (taken.length === 0) throw new AppError('conflict', 'setupBusy');
  try {
    return await run();
  } finally {
    const mine = sql`${eq(operatorSettings.key, key)} and ${operatorSettings.value} = ${JSON.stringify(holder)}::jsonb`;
    await db
      .delete(operatorSettings)
      .where(mine)
      .catch(() => {});
  }
}
