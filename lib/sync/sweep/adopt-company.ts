import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Db, Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import type { CompanySnapshot } from '@/lib/codat/transform';
import { logger } from '@/lib/runtime/logger';
import { isUuid } from '@/lib/storable-text';
import { rollUpCompanies } from '@/lib/sync/roll-up';

/**
 * Adopts a company that Codat knows and we don't. If it carries the id of a company of ours whose setup
 * is pending, it becomes that company's; any other is stored as unassigned.
 * @returns our id; null when it has already been adopted.
 */
export async function adoptCompany(db: Db, snapshot: CompanySnapshot): Promise<string | null> {
  const { id, isNew } = await db.transaction(async (tx) => {
    const taken = await takeIn(tx, snapshot);
    if (taken.id) await rollUpCompanies(tx, [taken.id]);
    return taken;
  });
  const { codatCompanyId } = snapshot;
  if (id && isNew) logger.info({ companyId: id, codatCompanyId }, 'found a company at Codat');
  return id;
}

async function takeIn(
  tx: Tx,
  { codatCompanyId, uid, name, description, tags, createdAt }: CompanySnapshot,
): Promise<{ id: string | null; isNew: boolean }> {
  if (uid && isUuid(uid)) {
    const [own] = await tx
      .update(companies)
      .set({ codatCompanyId, codatCreatedAt: createdAt, provisionProblem: null })
      .where(and(eq(companies.id, uid), isNull(companies.codatCompanyId)))
      .returning({ id: companies.id });
    if (own) return { id: own.id, isNew: false };
  }
  const [made] = await tx
    .insert(companies)
    .values({
      name: description || name || codatCompanyId,
      origin: 'codat',
      codatCompanyId,
      codatCreatedAt: createdAt,
      tags,
    })
    .onConflictDoNothing()
    .returning({ id: companies.id });
  return { id: made?.id ?? null, isNew: true };
}
