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
