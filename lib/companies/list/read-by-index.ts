import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb, type Tx } from '@/db/client';

/**
 * Runs a few queries on one snapshot, without sequential scans. The planner likes those for the first
 * rows of many, taking what matches for evenly spread; where it is not, they read the whole table.
 */
export async function readByIndex<Result>(run: (tx: Tx) => Promise<Result>): Promise<Result> {
  return getDb().transaction(
    async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      return run(tx);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
