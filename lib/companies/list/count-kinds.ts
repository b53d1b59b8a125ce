import 'server-only';
import { sql } from 'drizzle-orm';
import { type Executor, getDb } from '@/db/client';
import { companyList } from '@/db/schema/company-list';
import { type Actor, can } from '@/lib/actor';
import { attentionStates } from '@/lib/companies/types';
import { AppError } from '@/lib/errors';
import { readCounts } from '@/lib/lists/counts';
import { countedTo } from '@/lib/lists/schemas';
import type { CappedCount, CompanyCounts, CompanyListInput } from './schemas';

/**
 * How many companies are in each state and on each shelf, as the overview says: exact, except for the
 * unassigned ones, which no trigger counts. What is ignored is in no state here.
 * @throws AppError `not-found` if the actor may not read companies.
 */
export async function countKinds(actor: Actor): Promise<CompanyCounts> {
  if (!can(actor, 'companies:read')) throw new AppError('not-found', 'notFound');
  const db = getDb();
  const [{ companies }, unassigned] = await Promise.all([readCounts(db), countUnassigned(db)]);
  const of = (kind: string): CappedCount => ({ count: companies.get(kind) ?? 0, isMore: false });
  const states = attentionStates.map((state) => [state, of(state)] as const);
  return {
    all: { count: states.reduce((all, [, { count }]) => all + count, 0), isMore: false },
    byAttention: Object.fromEntries(states) as CompanyCounts['byAttention'],
    unassigned,
    ignored: of('ignored'),
  };
}

async function countUnassigned(db: Executor): Promise<CappedCount> {
  const { rows } = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from ${companyList} where origin = 'codat' and owner_email = '' and ignored_at is null
      limit ${countedTo}) as found`);
  const count = rows[0]?.count ?? 0;
  return { count, isMore: count >= countedTo };
}

/** How many companies a list shows, if its filter is one of the kinds that are counted; else null. */
export function countOfKind(counts: CompanyCounts, input: CompanyListInput): CappedCount | null {
  const { status, show, sort: _sort, after: _after, before: _before, ...others } = input;
  if (Object.values(others).some(Boolean) || (status && show)) return null;
  if (show) return counts[show];
  return status ? counts.byAttention[status] : counts.all;
}
