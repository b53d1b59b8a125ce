import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companyList } from '@/db/schema/company-list';
import { type Actor, can } from '@/lib/actor';
import { type Attention, attentionStates } from '@/lib/companies/types';
import { AppError } from '@/lib/errors';
import type { CappedCount, CompanyCounts } from './schemas';

const countedAtMost = 1000;

/**
 * How many companies are in each state and on each shelf, each up to a point. What is ignored is in
 * no state here.
 * @throws AppError `not-found` if the actor may not read companies.
 */
export async function countKinds(actor: Actor): Promise<CompanyCounts> {
  if (!can(actor, 'companies:read')) throw new AppError('not-found', 'notFound');
  const limit = countedAtMost + 1;
  const { rows } = await getDb().execute<{ kind: string; count: number }>(sql`
    select state as kind, (select count(*)::int from (
        select from ${companyList} where attention = state and ignored_at is null
        limit ${limit}) as found) as count
      from unnest(${sql.param([...attentionStates])}::text[]) as state
    union all select 'unassigned', (select count(*)::int from (
        select from ${companyList} where origin = 'codat' and owner_email = '' and ignored_at is null
        limit ${limit}) as found)
    union all select 'ignored', (select count(*)::int from (
        select from ${companyList} where ignored_at is not null limit ${limit}) as found)`);
  const counts = new Map(rows.map(({ kind, count }) => [kind, cap(count)]));
  const of = (kind: string) => counts.get(kind) ?? { count: 0, isMore: false };
  const states = attentionStates.map((state) => [state, of(state)] as const);
  return {
    all: sum(states.map(([, count]) => count)),
    byAttention: Object.fromEntries(states) as Record<Attention, CappedCount>,
    unassigned: of('unassigned'),
    ignored: of('ignored'),
  };
}

function cap(count: number): CappedCount {
  return { count: Math.min(count, countedAtMost), isMore: count > countedAtMost };
}

function sum(counts: CappedCount[]): CappedCount {
  const isMore = counts.some((one) => one.isMore);
  return {
    count: isMore ? countedAtMost : counts.reduce((all, { count }) => all + count, 0),
    isMore,
  };
}
