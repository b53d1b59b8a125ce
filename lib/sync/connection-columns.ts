import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { connections } from '@/db/schema/connections';
import type { ConnectionSnapshot } from '@/lib/codat/transform';

/** The columns that say what a connection is, apart from its state. */
export function connectionColumns(item: ConnectionSnapshot) {
  return {
    platformKey: item.platformKey,
    platformName: item.platformName,
    integrationId: item.integrationId,
    sourceId: item.sourceId,
    sourceType: item.sourceType,
    errors: item.errors,
    codatCreatedAt: item.createdAt,
  };
}

export type HeldConnection = typeof connections.$inferSelect;

/** Whether Codat says of a connection what we hold, in every field. */
export function saysTheSame(row: HeldConnection, item: ConnectionSnapshot): boolean {
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
