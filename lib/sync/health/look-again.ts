import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { type Db, getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { CodatError } from '@/lib/codat/errors';
import { getCompanySyncHours } from '@/lib/codat/sync-settings';
import { publishChange } from '@/lib/live/publish';
import { logger } from '@/lib/runtime/logger';
import { lockCompany } from '@/lib/sync/lock-company';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import { type Settled, settleHealth } from './settle-health';

const batch = 100;
/** Calls to Codat in one turn of two seconds. */
const mostAsked = 2;

/**
 * Looks at the connections whose timer has fired: is data overdue? Asks Codat for the sync settings of
 * a company for which they decide. Bears being run twice, and by several processes.
 * @returns whether there may be more.
 */
export async function lookAtDueConnections(): Promise<boolean> {
  const db = getDb();
  const { rows } = await db.execute<{ company_id: string; codat_company_id: string | null }>(sql`
    select distinct due.company_id, companies.codat_company_id
    from (select company_id from connections where health_due_at <= now()
      order by health_due_at limit ${batch}) due
    join companies on companies.id = due.company_id`);
  const changed: string[] = [];
  let calls = mostAsked;
  for (const { company_id: companyId, codat_company_id: codatCompanyId } of rows) {
    const settled = await settle(db, companyId);
    let isChanged = settled.changed;
    if (settled.ask) {
      const answer = calls > 0 ? await askCompany(db, companyId, codatCompanyId) : 'busy';
      calls = answer === 'away' ? 0 : calls - 1;
      if (answer === 'known') isChanged ||= (await settle(db, companyId)).changed;
      else await postpone(db, companyId, answer);
    }
    if (isChanged) changed.push(companyId);
  }
  if (changed.length > 0) await publishChange(db, changed);
  return rows.length === batch;
}

async function settle(db: Db, companyId: string): Promise<Settled> {
  return db.transaction(async (tx) => {
    await lockCompany(tx, companyId);
    const settled = await settleHealth(tx, companyId, { source: 'clock' }, { rearm: true });
    if (settled.changed) await rollUpCompanies(tx, [companyId]);
    return settled;
  });
}

type Answer = 'known' | 'refused' | 'away' | 'busy';

async function askCompany(
  db: Db,
  companyId: string,
  codatCompanyId: string | null,
): Promise<Answer> {
  if (!codatCompanyId) return 'refused';
  try {
    const syncHours = await getCompanySyncHours(codatCompanyId);
    await db
      .update(companies)
      .set({ syncHours, syncHoursAt: sql`now()` })
      .where(eq(companies.id, companyId));
    return 'known';
  } catch (error) {
    if (!(error instanceof CodatError)) throw error;
    logger.warn({ companyId, err: error }, 'the sync settings of a company could not be read');
    return error.status === 403 || error.status === 404 ? 'refused' : 'away';
  }
}

const minutes: Record<Exclude<Answer, 'known'>, number> = { refused: 24 * 60, away: 60, busy: 1 };

/** Without the company's settings its age is no fault: it is looked at again later. */
async function postpone(db: Db, companyId: string, why: keyof typeof minutes): Promise<void> {
  await db.transaction(async (tx) => {
    await lockCompany(tx, companyId);
    await tx.execute(sql`
      update connections set health_due_at = now() + ${minutes[why]} * interval '1 minute'
      where company_id = ${companyId} and health_due_at <= now()`);
  });
}
