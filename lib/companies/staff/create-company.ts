import 'server-only';
import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import { type Executor, getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { type Actor, can } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { tagLimits } from '@/lib/codat/tags';
import { setUpAtOnce } from '@/lib/companies/provision/begin-setup';
import type { createCompanySchema } from '@/lib/companies/schemas';
import { AppError } from '@/lib/errors';
import { enqueueProvisioning } from '@/lib/runtime/jobs/boss';
import type { RequestContext } from '@/lib/runtime/request-context';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import type { z } from '@/lib/zod';

/**
 * Creates a company for a customer without an account, and immediately tries to set it up at Codat. The same
 * form sent twice makes one.
 * @throws AppError `not-allowed`, `invalid` (too many tags), `conflict` (a company of this name is
 * there and no other was asked for, or the form has made another company before)
 */
export async function createCompany(
  actor: Actor,
  input: z.infer<typeof createCompanySchema>,
  context: RequestContext,
): Promise<void> {
  if (!can(actor, 'companies:write')) throw new AppError('not-allowed', 'notAllowed');
  const { companyId, name, tags } = input;
  if (Object.keys(tags).length >= tagLimits.count) {
    throw new AppError('invalid', 'staff.tagsTooMany', { params: { count: tagLimits.count } });
  }
  const db = getDb();
  const namesake = input.again ? null : await getNamesake(db, companyId, name);
  if (namesake) {
    const about = `/admin/companies/${namesake}`;
    throw new AppError('conflict', 'staff.sameName', { field: 'again', about });
  }
  const isNew = await db.transaction(async (tx) => {
    const [made] = await tx
      .insert(companies)
      .values({ id: companyId, name, tags, origin: 'staff' })
      .onConflictDoNothing()
      .returning({ id: companies.id });
    if (!made) return false;
    await rollUpCompanies(tx, [companyId]);
    await enqueueProvisioning(tx, companyId);
    await recordAudit(tx, actor, { action: 'company.create', companyId, subject: name, context });
    return true;
  });
  if (isNew) await setUpAtOnce(companyId);
  else await requireSameCompany(db, companyId, name);
}

/** The newest of that name. @returns its id */
async function getNamesake(db: Executor, companyId: string, name: string): Promise<string | null> {
  const [row] = await db
    .select({ id: companies.id })
    .from(companies)
    .where(
      and(
        sql`lower(${companies.name}) = lower(${name})`,
        isNull(companies.codatDeletedAt),
        ne(companies.id, companyId),
      ),
    )
    .orderBy(desc(companies.createdAt))
    .limit(1);
  return row?.id ?? null;
}

async function requireSameCompany(db: Executor, companyId: string, name: string): Promise<void> {
  const [company] = await db
    .select({ name: companies.name, origin: companies.origin })
    .from(companies)
    .where(eq(companies.id, companyId));
  if (company?.origin === 'staff' && company.name === name) return;
  throw new AppError('conflict', 'staff.formUsed');
}
