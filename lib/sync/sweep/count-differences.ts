import 'server-only';
import type { CompanySnapshot } from '@/lib/codat/transform';
import { type HeldConnection, saysTheSame } from '@/lib/sync/connection-columns';

/** How many connections differ in any field between what we hold and what Codat says. */
export function countDifferences(held: HeldConnection[], snapshot: CompanySnapshot): number {
  const byId = new Map(held.map((row) => [row.id, row]));
  const changed = snapshot.connections.filter((item) => {
    const row = byId.get(item.id);
    return !row || !saysTheSame(row, item);
  }).length;
  const listed = new Set(snapshot.connections.map(({ id }) => id));
  const gone = snapshot.complete ? held.filter(({ id }) => !listed.has(id)).length : 0;
  return changed + gone;
}
