import 'server-only';
import { asc, eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { connections } from '@/db/schema/connections';
import { type Actor, can } from '@/lib/actor';
import { isUuid } from '@/lib/uuid';
import { connectionFields, toSummary } from './connection-summary';
import type { ConnectionSummary } from './types';

/** All connections of a company, oldest first, for staff; none if the actor may not read companies. */
export async function listCompanyConnections(
  actor: Actor,
  companyId: string,
): Promise<{ connections: ConnectionSummary[]; removed: ConnectionSummary[] }> {
  if (!can(actor, 'companies:read') || !isUuid(companyId)) return { connections: [], removed: [] };
  const rows = await getDb()
    .select({ ...connectionFields, removedAt: connections.removedAt })
    .from(connections)
    .where(eq(connections.companyId, companyId))
    .orderBy(asc(connections.codatCreatedAt), asc(connections.id))
    .limit(500);
  return {
    connections: rows.filter(({ removedAt }) => !removedAt).map(toSummary),
    removed: rows.filter(({ removedAt }) => removedAt).map(toSummary),
  };
}
