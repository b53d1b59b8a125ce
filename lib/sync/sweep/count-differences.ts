import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { connections } from '@/db/schema/connections';
import type { CompanySnapshot, ConnectionSnapshot } from '@/lib/codat/transform';

export type HeldConnection = typeof connections.$inferSelect;

/** How many connections differ in any field between what we hold and what Codat says. */
export function countDifferences(held: HeldConnection[], snapshot: CompanySnapshot): number {
  const byId = new Map(held.map((row) => [row.id, row]));
  const changed = snapshot.connections.filter((item) => {
    const row = byId.get(item.id);
    return !row || !isSame(row, item);
  }).length;
  const listed = new Set(snapshot.connections.map(({ id }) => id));
  const gone = snapshot.complete ? held.filter(({ id }) => !listed.has(id)).length : 0;
  return changed + gone;
}

function isSame(row: HeldConnection, item: ConnectionSnapshot): boolean {
  return (
    row.status === item.status &&
    row.platformKey === item.platformKey &&
    row.platformName === item.platformName &&
    row.integrationId === item.integrationId &&
    row.sourceId === item.sourceId &&
    row.sourceType === item.sourceType &&
    row.lastSyncAt?.getTime() === item.lastSyncAt?.getTime() &&
    row.codatCreatedAt?.getTime() === item.createdAt?.getTime() &&
    isDeepStrictEqual(row.errors, item.errors)
  );
}
