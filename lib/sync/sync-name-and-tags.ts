import 'server-only';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { recordAudit } from '@/lib/audit/record-audit';
import { reservedTag, sameTags } from '@/lib/codat/tags';
import type { CompanySnapshot } from '@/lib/codat/transform';
import type { ChangeSource } from '@/lib/sync/schemas';

/** What staff may change of a company, here and in Codat's own portal. */
export type Details = { name: string; tags: Record<string, string> };

/**
 * What Codat says a company is called: its description, or its name there unless that is our id, as
 * it is of companies that we made. Null when Codat says nothing.
 */
export function nameFromCodat(companyId: string, snapshot: CompanySnapshot): string | null {
  return snapshot.description ?? (snapshot.name === companyId ? null : snapshot.name || null);
}

/** Whether Codat says something else of a company's name or tags than we hold. */
export function detailsDiffer(
  companyId: string,
  held: Details,
  snapshot: CompanySnapshot,
): boolean {
  const name = nameFromCodat(companyId, snapshot);
  return (name !== null && name !== held.name) || !sameTags(held.tags, snapshot.tags);
}

/**
 * Copies a company's name and tags from a read. A change that wasn't made here was made at Codat, and
 * is recorded as such. The caller holds the company's row.
 */
export async function recordDetails(
  tx: Tx,
  companyId: string,
  snapshot: CompanySnapshot,
  source: ChangeSource,
): Promise<void> {
  const [held] = await tx
    .select({ name: companies.name, tags: companies.tags })
    .from(companies)
    .where(eq(companies.id, companyId));
  if (!held || !detailsDiffer(companyId, held, snapshot)) return;
  const name = nameFromCodat(companyId, snapshot) ?? held.name;
  await tx.update(companies).set({ name, tags: snapshot.tags }).where(eq(companies.id, companyId));
  const codat = { kind: 'system', name: 'codat' } as const;
  const about = { companyId, subject: held.name };
  if (name !== held.name) {
    await recordAudit(tx, codat, {
      ...about,
      action: 'company.rename',
      detail: { to: name, source },
    });
  }
  const change = describeTagChange(held.tags, snapshot.tags);
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
