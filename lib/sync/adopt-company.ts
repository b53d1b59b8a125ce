import 'server-only';
import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import type { CompanySnapshot } from '@/lib/codat/transform';
import { isUuid } from '@/lib/storable-text';
import { mergeCompanies } from './merge-companies';
import { rollUpCompanies } from './roll-up';

export type Adopted = {
  companyId: string;
  /** Nobody here knew it. */
  isNew: boolean;
  /** It counts as deleted here: only a read of it may say otherwise. */
  isDeleted: boolean;
};

/**
 * Our ids that a company at Codat names: its tag, and the name that we give. We make none below another,
 * and Codat doesn't say whether such a one carries the tags of the one above.
 */
export function namedIds({ uid, name, parentId }: CompanySnapshot): string[] {
  if (parentId !== null) return [];
  return [uid, name].filter((id) => id !== null).filter(isUuid);
}

/**
 * Gives a company at Codat its place here, in the transaction that also applies what was read of it or
 * rolls it up: as the company that has it, as the one whose setup waits for it, otherwise as unassigned.
 * If it came here before its tag, what was found then is merged into the one that waits.
 * @param ownId the company whose setup this is, if the caller knows.
 * @returns null when another has just adopted it, or `ownId` has another company by now.
 */
export async function adoptCompany(
  tx: Tx,
  snapshot: CompanySnapshot,
  ownId?: string,
): Promise<Adopted | null> {
  const { codatCompanyId } = snapshot;
  const { holder, own } = await lockCandidates(tx, codatCompanyId, ownId ?? namedIds(snapshot));
  if (!own) {
    if (holder) return { companyId: holder.id, isNew: false, isDeleted: holder.deletedAt !== null };
    return ownId ? null : insertFound(tx, snapshot);
  }
  if (holder && (own.deletedAt || !(await mergeCompanies(tx, holder.id, own.id)))) {
    if (!own.deletedAt) await noteTaken(tx, own.id);
    return { companyId: holder.id, isNew: false, isDeleted: holder.deletedAt !== null };
  }
  await tx
    .update(companies)
    .set({
      codatCompanyId,
      codatCreatedAt: snapshot.createdAt,
      provisionProblem: null,
      provisionSaid: null,
      provisionLeaseUntil: null,
    })
    .where(eq(companies.id, own.id));
  return { companyId: own.id, isNew: false, isDeleted: own.deletedAt !== null };
}

type Candidate = { id: string; codatCompanyId: string | null; deletedAt: Date | null };

/** Who has it and who waits for it, locked in one order. */
async function lockCandidates(
  tx: Tx,
  codatCompanyId: string,
  ownIds: string | string[],
): Promise<{ holder: Candidate | undefined; own: Candidate | undefined }> {
  const rows: Candidate[] = await tx
    .select({
      id: companies.id,
      codatCompanyId: companies.codatCompanyId,
      deletedAt: companies.codatDeletedAt,
    })
    .from(companies)
    .where(
      or(
        eq(companies.codatCompanyId, codatCompanyId),
        and(inArray(companies.id, [ownIds].flat()), isNull(companies.codatCompanyId)),
      ),
    )
    .orderBy(asc(companies.id))
    .for('no key update');
  return {
    holder: rows.find((row) => row.codatCompanyId !== null),
    own: rows.find((row) => row.codatCompanyId === null),
  };
}

async function insertFound(tx: Tx, snapshot: CompanySnapshot): Promise<Adopted | null> {
  const { codatCompanyId, name, tags, createdAt } = snapshot;
  const [made] = await tx
    .insert(companies)
    .values({
      name: name || codatCompanyId,
      origin: 'codat',
      codatCompanyId,
      codatCreatedAt: createdAt,
      tags,
    })
    .onConflictDoNothing()
    .returning({ id: companies.id });
  return made ? { companyId: made.id, isNew: true, isDeleted: false } : null;
}

/** Staff gave the company to somebody else before its tag was seen: that is theirs to undo. */
async function noteTaken(tx: Tx, companyId: string): Promise<void> {
  await tx
    .update(companies)
    .set({ provisionProblem: 'setupTaken', provisionLeaseUntil: null })
    .where(eq(companies.id, companyId));
  await rollUpCompanies(tx, [companyId]);
}
