import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { isWithin, listAbove } from '@/db/family';
import { companies } from '@/db/schema/companies';
import { recordAudit } from '@/lib/audit/record-audit';
import { reservedTag, sameTags } from '@/lib/codat/tags';
import { type CompanySnapshot, shown } from '@/lib/codat/transform';
import type { ChangeSource } from '@/lib/sync/schemas';
import { lockCompany } from './lock-company';
import { rollUpCompanies } from './roll-up';

/** What Codat says of a company itself, as we hold it. */
export const detailColumns = {
  name: companies.name,
  origin: companies.origin,
  tags: companies.tags,
  codatDescription: companies.codatDescription,
  codatParentId: companies.codatParentId,
};

export type Details = Pick<typeof companies.$inferSelect, keyof typeof detailColumns>;

/**
 * The same by an answer of Codat. The name of a company that was made here is ours, and Codat's own is
 * our id; one found at Codat is called as there. The description is a note, and names no company.
 */
function detailsFrom(held: Details, snapshot: CompanySnapshot): Details {
  const name = (held.origin === 'codat' && snapshot.name) || held.name;
  return {
    ...held,
    name,
    tags: snapshot.tags,
    codatDescription: noteIn(snapshot, name),
    codatParentId: snapshot.parentId === snapshot.codatCompanyId ? null : snapshot.parentId,
  };
}

/** What Codat has as the description of a company called `name`, unless it only repeats the name. */
export function noteIn({ description }: CompanySnapshot, name: string): string | null {
  return description === shown(name) ? null : description;
}

/** Whether Codat says something else of a company than we hold. */
export function detailsDiffer(held: Details, snapshot: CompanySnapshot): boolean {
  const told = detailsFrom(held, snapshot);
  const { name, codatDescription, codatParentId } = held;
  return (
    !isDeepStrictEqual(
      [name, codatDescription, codatParentId],
      [told.name, told.codatDescription, told.codatParentId],
    ) || !sameTags(held.tags, told.tags)
  );
}

/**
 * Copies what a read says of a company itself. A change of name or tags that wasn't made here was made
 * at Codat, and is recorded as such. The caller holds the company's row.
 */
export async function recordDetails(
  tx: Tx,
  companyId: string,
  snapshot: CompanySnapshot,
  source: ChangeSource,
): Promise<void> {
  const [held] = await tx.select(detailColumns).from(companies).where(eq(companies.id, companyId));
  if (!held || !detailsDiffer(held, snapshot)) return;
  const told = detailsFrom(held, snapshot);
  if (told.codatParentId && (await isWithin(tx, told.codatParentId, companyId))) {
    told.codatParentId = null;
  }
  const above = await listAbove(tx, companyId);
  await tx.update(companies).set(told).where(eq(companies.id, companyId));
  if (told.codatParentId !== held.codatParentId) {
    await lockCompany(tx, companyId);
    // Those that it is no longer below count it no more; the caller rolls up the others with it.
    if (above.length > 0) await rollUpCompanies(tx, above);
  }
  const codat = { kind: 'system', name: 'codat' } as const;
  const about = { companyId, subject: held.name };
  if (told.name !== held.name) {
    await recordAudit(tx, codat, {
      ...about,
      action: 'company.rename',
      detail: { to: told.name, source },
    });
  }
  const change = describeTagChange(held.tags, told.tags);
  if (change.set !== '' || change.removed !== '') {
    await recordAudit(tx, codat, {
      ...about,
      action: 'company.tag',
      detail: { ...change, source },
    });
  }
}

/**
 * A change of tags in words for a record: what was set to what, and what was taken away. That we learn
 * of our own id among them is no change.
 */
export function describeTagChange(
  before: Record<string, string>,
  after: Record<string, string>,
): { set: string; removed: string } {
  const set = Object.entries(after).filter(
    ([key, value]) => before[key] !== value && (key !== reservedTag || key in before),
  );
  const removed = Object.keys(before).filter((key) => after[key] === undefined);
  return { set: set.map((entry) => entry.join('=')).join(', '), removed: removed.join(', ') };
}
