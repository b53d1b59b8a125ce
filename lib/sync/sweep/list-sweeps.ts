import 'server-only';
import { desc, gt, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { sweeps } from '@/db/schema/sync';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';

/** One comparison of everything with Codat. Times are ISO-8601. */
export type SweepRow = {
  id: number;
  startedAt: string;
  /** Null while it is running. */
  finishedAt: string | null;
  companiesSeen: number;
  /** How many Codat said there are, if it did. */
  companiesListed: number | null;
  companiesFound: number;
  /** Known here and on no page. */
  companiesMissing: number;
  /** Could not be applied; read singly. */
  companiesFailed: number;
  /** So much is missing that none of it was taken for deleted yet. */
  doubted: boolean;
  /** Codat refused to order the list. */
  unordered: boolean;
  missedByWebhook: number;
  /** What the last try at its next page ran into. */
  problem: string | null;
};

export type SweepList = {
  rows: SweepRow[];
  /** In seven days. */
  missedWeek: number;
  foundWeek: number;
};

/** Many weeks where sweeps are slow, and a day where they are fast. */
const shown = 100;

/**
 * The last sweeps, newest first, those that found nothing left out but for the newest ten, and what
 * those of seven days have found together.
 * @throws AppError `not-found` if the actor may not read webhooks.
 */
export async function listSweeps(actor: Actor): Promise<SweepList> {
  if (!can(actor, 'webhooks:read')) throw new AppError('not-found', 'notFound');
  const [rows, [week]] = await Promise.all([
    getDb().select().from(sweeps).orderBy(desc(sweeps.startedAt)).limit(1000),
    getDb()
      .select({
        missed: sql<number>`coalesce(sum(${sweeps.missedByWebhook}), 0)::int`,
        found: sql<number>`coalesce(sum(${sweeps.companiesFound}), 0)::int`,
      })
      .from(sweeps)
      .where(gt(sweeps.startedAt, sql`now() - interval '7 days'`)),
  ]);
  const telling = rows.filter(
    (row, place) =>
      place < 10 ||
      row.missedByWebhook + row.companiesFound + row.companiesFailed > 0 ||
      row.doubted,
  );
  return {
    rows: telling.slice(0, shown).map((row) => ({
      id: row.id,
      startedAt: row.startedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      companiesSeen: row.companiesSeen,
      companiesListed: row.companiesListed,
      companiesFound: row.companiesFound,
      companiesMissing: row.companiesMissing,
      companiesFailed: row.companiesFailed,
      doubted: row.doubted,
      unordered: row.unordered,
      missedByWebhook: row.missedByWebhook,
      problem: row.finishedAt ? null : row.lastError,
    })),
    missedWeek: week?.missed ?? 0,
    foundWeek: week?.found ?? 0,
  };
}
