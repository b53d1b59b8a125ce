import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { sameTags } from '@/lib/codat/tags';

type HeldConnection = {
  platformName: string;
  /** The state; null: removed at Codat. */
  status: string | null;
  lastSyncAt: Date | null;
  errors: unknown;
};

/** What we hold of a company that Codat decides. */
export type CompanyState = {
  name: string;
  tags: Record<string, string>;
  note: string | null;
  /** Codat's id of the company above it. */
  parent: string | null;
  deleted: boolean;
  connections: Map<string, HeldConnection>;
};

export type CompanyChange =
  | { kind: 'deleted' | 'restored' | 'tags' | 'note' | 'parent' }
  | { kind: 'name'; to: string }
  | { kind: 'status'; platformName: string; from: string | null; to: string | null }
  /** New data or a new error at an unchanged status. */
  | { kind: 'details'; platformName: string };

/** A company as we hold it at this moment. */
export async function getCompanyState(companyId: string): Promise<CompanyState> {
  const [[company], rows] = await Promise.all([
    getDb()
      .select({
        name: companies.name,
        tags: companies.tags,
        note: companies.codatDescription,
        parent: companies.codatParentId,
        deletedAt: companies.codatDeletedAt,
      })
      .from(companies)
      .where(eq(companies.id, companyId)),
    getDb()
      .select({
        id: connections.id,
        platformName: connections.platformName,
        status: connections.state,
        removedAt: connections.removedAt,
        lastSyncAt: connections.lastSyncAt,
        errors: connections.errors,
      })
      .from(connections)
      .where(eq(connections.companyId, companyId)),
  ]);
  const held = rows.map(
    ({ id, removedAt, status, ...row }) =>
      [id, { ...row, status: removedAt ? null : status }] as const,
  );
  return {
    name: company?.name ?? '',
    tags: company?.tags ?? {},
    note: company?.note ?? null,
    parent: company?.parent ?? null,
    deleted: company?.deletedAt != null,
    connections: new Map(held),
  };
}

/** What is different afterwards. */
export function compareStates(before: CompanyState, after: CompanyState): CompanyChange[] {
  const changes: CompanyChange[] = [];
  if (before.deleted !== after.deleted) {
    changes.push({ kind: after.deleted ? 'deleted' : 'restored' });
  }
  if (before.name !== after.name) changes.push({ kind: 'name', to: after.name });
  if (!sameTags(before.tags, after.tags)) changes.push({ kind: 'tags' });
  if (before.note !== after.note) changes.push({ kind: 'note' });
  if (before.parent !== after.parent) changes.push({ kind: 'parent' });
  for (const [id, now] of after.connections) {
    const change = compareConnection(before.connections.get(id), now);
    if (change) changes.push(change);
  }
  return changes;
}

function compareConnection(
  before: HeldConnection | undefined,
  now: HeldConnection,
): CompanyChange | null {
  const { platformName, status } = now;
  const from = before?.status ?? null;
  if (from !== status) return { kind: 'status', platformName, from, to: status };
  const same =
    before?.lastSyncAt?.getTime() === now.lastSyncAt?.getTime() &&
    isDeepStrictEqual(before?.errors, now.errors);
  return same || status === null ? null : { kind: 'details', platformName };
}
