import 'server-only';
import { and, eq, inArray, ne, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { getDb, type Tx } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies, consents, memberships } from '@/db/schema/companies';
import { connectionStatusChanges } from '@/db/schema/connections';
import { operatorRoles, users } from '@/db/schema/people';
import { getEnv } from '@/env';
import { type AuditActor, recordAudit } from '@/lib/audit/record-audit';
import { AppError } from '@/lib/errors';

/** `consents`: how many receipts were erased, or kept without names. */
export type Erasure = {
  people: number;
  consents: number;
  evidence: 'keep' | 'erase';
  events: number;
};

/**
 * Erases a business that is no more at Codat, and the people who belong to no other and are not
 * staff. What staff did stays in the audit log by time, person and id, without names. Receipts of
 * consent go too, or stay as when which text was agreed to for which id (`ERASED_EVIDENCE`).
 * @throws AppError `not-found`; `conflict` while Codat still has it, because the next sweep would
 * bring it back.
 */
export async function eraseCompany(by: AuditActor, companyId: string): Promise<Erasure> {
  return getDb().transaction(async (tx) => {
    const [company] = await tx
      .select({ codatCompanyId: companies.codatCompanyId, deletedAt: companies.codatDeletedAt })
      .from(companies)
      .where(eq(companies.id, companyId))
      .for('update');
    if (!company) throw new AppError('not-found', 'notFound');
    if (company.codatCompanyId && !company.deletedAt) {
      throw new AppError('conflict', 'eraseStillAtCodat');
    }
    // Turns off the triggers that protect evidence, for this transaction only.
    await tx.execute(sql`set local portal.erasing = 'on'`);
    const people = await findOwnPeople(tx, companyId);
    const events = await eraseEvents(tx, companyId, company.codatCompanyId);
    await tx
      .delete(connectionStatusChanges)
      .where(eq(connectionStatusChanges.companyId, companyId));
    const evidence = getEnv().ERASED_EVIDENCE;
    const ofCompany = eq(consents.companyId, companyId);
    const receipts =
      evidence === 'keep'
        ? await tx
            .update(consents)
            .set({ userId: null, ipAddress: null, userAgent: null })
            .where(ofCompany)
        : await tx.delete(consents).where(ofCompany);
    await tx
      .update(auditEntries)
      .set({ subject: '', detail: {}, ipAddress: null })
      .where(eq(auditEntries.companyId, companyId));
    await tx.delete(companies).where(eq(companies.id, companyId));
    if (people.length > 0) await tx.delete(users).where(inArray(users.id, people));
    const erased = {
      people: people.length,
      consents: receipts.rowCount ?? 0,
      evidence,
      events,
    };
    await recordAudit(tx, by, { action: 'company.erase', companyId, detail: erased });
    return erased;
  });
}

/** The company is held already, and events are taken in the order in which all take several. */
async function eraseEvents(
  tx: Tx,
  companyId: string,
  codatCompanyId: string | null,
): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    with own as materialized (
      select id from webhook_events
      where company_id = ${companyId} or codat_company_id = ${codatCompanyId}
      order by received_at, id for update
    )
    delete from webhook_events using own where own.id = webhook_events.id`);
  return rowCount ?? 0;
}

/** People of this business who have no other, and are not staff. */
async function findOwnPeople(tx: Tx, companyId: string): Promise<string[]> {
  const other = alias(memberships, 'other');
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(
      and(
        eq(memberships.companyId, companyId),
        notExists(
          tx
            .select({ one: sql`1` })
            .from(other)
            .where(and(eq(other.userId, memberships.userId), ne(other.companyId, companyId))),
        ),
        notExists(
          tx
            .select({ one: sql`1` })
            .from(operatorRoles)
            .where(eq(operatorRoles.userId, memberships.userId)),
        ),
      ),
    );
  return rows.map(({ userId }) => userId);
}
