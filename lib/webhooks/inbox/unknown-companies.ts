import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '@/db/client';
import { unknownCompanies } from '@/db/schema/sync';
import { getCompany } from '@/lib/codat/companies';
import { CodatError, isCompanyGone } from '@/lib/codat/errors';
import { publishChange } from '@/lib/live/publish';
import { logger } from '@/lib/runtime/logger';
import { adoptCompany } from '@/lib/sync/adopt-company';
import { applyRead } from '@/lib/sync/apply-read';
import { newTicket } from '@/lib/sync/read-ticket';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import { requeueEventsOf } from './requeue-events';

/** Our own setup, which knows the company in a moment, goes first. */
const firstAskSeconds = 5;
/** At most so many calls a minute, whoever sends whatever; the sweep finds the rest. */
const asksPerMinute = 10;
/** Where Codat has said so often within the hour that it has no such company, only the sweep looks. */
const nonesPerHour = 10;

/** Notes that an event names a company that nobody here knows. What Codat said of it before stays. */
export async function noteUnknown(tx: Tx, codatCompanyId: string): Promise<void> {
  await tx.execute(sql`
    insert into unknown_companies (codat_company_id, ask_at)
    values (${codatCompanyId}, now() + ${firstAskSeconds} * interval '1 second')
    on conflict do nothing`);
}

/**
 * Reads companies singly that events have named and nobody knows, and adopts those that Codat has: they
 * appear within a minute. A flood of events for one costs one call, a flood of foreign ids a few.
 * @returns how many were adopted.
 */
export async function adoptUnknown(db: Db): Promise<number> {
  let adopted = 0;
  for (let asked = 0; asked < asksPerMinute; asked += 1) {
    const codatCompanyId = await claimUnknown(db);
    if (!codatCompanyId) break;
    const outcome = await askFor(db, codatCompanyId);
    if (outcome === 'adopted') adopted += 1;
    if (outcome === 'failed') break;
  }
  return adopted;
}

/** Takes the next one to ask about; it comes back later each time, unless it is adopted. */
async function claimUnknown(db: Db): Promise<string | null> {
  await db.execute(sql`
    delete from unknown_companies where ask_at <= now() and exists (
      select from companies where companies.codat_company_id = unknown_companies.codat_company_id)`);
  const { rows } = await db.execute<{ id: string }>(sql`
    update unknown_companies set asked = asked + 1, asked_at = now(),
      ask_at = now() + least(86400, 30 * power(4, least(asked, 8))) * interval '1 second'
    where codat_company_id = (
      select codat_company_id from unknown_companies
      where ask_at <= now()
        and (select count(*) from unknown_companies where asked_at > now() - interval '1 minute')
          < ${asksPerMinute}
        and (select count(*) from unknown_companies
          where asked_at > now() - interval '1 hour' and answer = 'none') < ${nonesPerHour}
      order by asked, ask_at limit 1 for update skip locked)
    returning codat_company_id as id`);
  return rows[0]?.id ?? null;
}

async function askFor(db: Db, codatCompanyId: string): Promise<'adopted' | 'none' | 'failed'> {
  const ticket = await newTicket(db);
  const own = eq(unknownCompanies.codatCompanyId, codatCompanyId);
  try {
    const { snapshot } = await getCompany(codatCompanyId);
    const companyId = await db.transaction(async (tx) => {
      await tx.delete(unknownCompanies).where(own);
      const place = await adoptCompany(tx, snapshot);
      if (!place) return null;
      const read = { ...ticket, companyId: place.companyId, codatCompanyId, target: 0 };
      if (place.isDeleted) await requestRead(tx, place.companyId, readDelayMs.soon);
      else await applyRead(tx, read, snapshot, 'read');
      await requeueEventsOf(tx, codatCompanyId);
      return place.companyId;
    });
    if (!companyId) return 'none';
    await publishChange(db, [companyId]);
    logger.info({ companyId, codatCompanyId }, 'adopted a company that an event named');
    return 'adopted';
  } catch (error) {
    const answer = isCompanyGone(error) ? 'none' : 'failed';
    await db.update(unknownCompanies).set({ answer }).where(own);
    if (answer === 'failed') {
      const level = error instanceof CodatError ? 'warn' : 'error';
      logger[level]({ err: error, codatCompanyId }, 'an unknown company could not be adopted');
    }
    return answer;
  }
}
