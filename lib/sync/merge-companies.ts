import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { recordAudit } from '@/lib/audit/record-audit';
import { logger } from '@/lib/runtime/logger';

/** Tables with a row for each company, which the company that stays has already. */
const ownRows = ['company_reads', 'company_list', 'company_search', 'memberships'];

/**
 * Merges a company that was found at Codat into ours, which waits for it: its connections, history,
 * events, consents and whatever else names it. Nothing happens if it was given to somebody who isn't a
 * member of ours: two customers must not come to see each other by a tag. The caller holds both.
 * @returns whether they are one now.
 */
export async function mergeCompanies(tx: Tx, foundId: string, ownId: string): Promise<boolean> {
  if (await hasOtherMembers(tx, foundId, ownId)) {
    logger.error(
      { companyId: ownId, takenBy: foundId },
      'a company at Codat that carries our tag is assigned to somebody else',
    );
    return false;
  }
  const [found] = await tx
    .select({ name: companies.name, codatCompanyId: companies.codatCompanyId })
    .from(companies)
    .where(eq(companies.id, foundId));
  // In the order in which all take several events, so that nothing deadlocks.
  await tx.execute(sql`
    select from webhook_events where company_id = ${foundId} order by received_at, id for update`);
  // The rows of evidence let a change of company through, for this transaction only.
  await tx.execute(sql`set local portal.merging = 'on'`);
  for (const table of await tablesToMove(tx)) {
    const name = sql.raw(table);
    await tx.execute(sql`update ${name} set company_id = ${ownId} where company_id = ${foundId}`);
  }
  await tx.execute(sql`set local portal.merging = 'off'`);
  await keepWhatIsKnown(tx, foundId, ownId);
  await tx.delete(companies).where(eq(companies.id, foundId));
  const codat = { kind: 'system', name: 'codat' } as const;
  await recordAudit(tx, codat, {
    action: 'company.merge',
    companyId: ownId,
    subject: found?.name ?? '',
    detail: { found: foundId, codatCompanyId: found?.codatCompanyId ?? null },
  });
  logger.info(
    { companyId: ownId, found: foundId },
    'merged a company that was found before its tag',
  );
  return true;
}

async function hasOtherMembers(tx: Tx, foundId: string, ownId: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from memberships theirs
    where theirs.company_id = ${foundId} and theirs.removed_at is null and not exists (
      select from memberships ours
      where ours.company_id = ${ownId} and ours.user_id = theirs.user_id
        and ours.removed_at is null)
    limit 1`);
  return rows.length > 0;
}

/** Every table that names a company, whether it references one or not: evidence outlives companies. */
async function tablesToMove(tx: Tx): Promise<string[]> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select pg_class.oid::regclass::text as name
    from pg_class join pg_attribute on attrelid = pg_class.oid
    where attname = 'company_id' and not attisdropped and relkind = 'r'
      and relnamespace = (select relnamespace from pg_class where oid = 'companies'::regclass)
      and relname <> all(${sql.param(ownRows)})
    order by 1`);
  return rows.map(({ name }) => name);
}

/** Who once belonged to it, and what was last applied of Codat's word. */
async function keepWhatIsKnown(tx: Tx, foundId: string, ownId: string): Promise<void> {
  await tx.execute(sql`
    insert into memberships (company_id, user_id, role, created_at, removed_at)
    select ${ownId}, user_id, role, created_at, removed_at from memberships
    where company_id = ${foundId}
    on conflict do nothing`);
  await tx.execute(sql`
    update company_reads own set
      reads_requested = own.reads_requested + found.reads_requested,
      read_applied = greatest(own.read_applied, found.read_applied),
      read_due_at = least(own.read_due_at, found.read_due_at),
      read_at = greatest(own.read_at, found.read_at),
      event_at = greatest(own.event_at, found.event_at)
    from company_reads found
    where own.company_id = ${ownId} and found.company_id = ${foundId}`);
}
