import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { companies } from '@/db/schema/companies';
import type { CompanySnapshot } from '@/lib/codat/transform';
import { logger } from '@/lib/runtime/logger';
import { isUuid } from '@/lib/storable-text';

/**
 * Adopts a company that Codat knows and we don't. If it carries the id of a company of ours whose setup
 * is pending, it becomes that company's; any other is stored as unassigned.
 * @returns our id; null when it has already been adopted.
 */
export async function adoptCompany(db: Db, snapshot: CompanySnapshot): Promise<string | null> {
  const { codatCompanyId, uid, name, description, tags, createdAt } = snapshot;
  if (uid && isUuid(uid)) {
    const [own] = await db
      .update(companies)
      .set({ codatCompanyId, codatCreatedAt: createdAt, provisionProblem: null })
      .where(and(eq(companies.id, uid), isNull(companies.codatCompanyId)))
      .returning({ id: companies.id });
    if (own) return own.id;
  }
  const [made] = await db
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
  if (made) logger.info({ companyId: made.id, codatCompanyId }, 'found a company at Codat');
  return made?.id ?? null;
}
