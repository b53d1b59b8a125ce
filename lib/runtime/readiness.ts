import 'server-only';
import { describeDatabase, getDb } from '@/db/client';
import { isMigrated } from '@/db/migration-state';
import { isDatabaseKnownReadOnly, isShuttingDown } from './process-state';
import { withDeadline } from './with-deadline';

export type Readiness = 'ready' | 'stopping' | 'database' | 'read-only' | 'migrations';

/** Whether this process should get requests: `ready`, or in a word why not. */
export async function getReadiness(): Promise<Readiness> {
  if (isShuttingDown()) return 'stopping';
  if (isDatabaseKnownReadOnly()) return 'read-only';
  try {
    const asked = Promise.all([isMigrated(getDb()), describeDatabase(getDb())]);
    const [migrated, { readOnly }] = await withDeadline(asked, 1500, () => {
      throw new Error('late');
    });
    if (readOnly) return 'read-only';
    return migrated ? 'ready' : 'migrations';
  } catch {
    return 'database';
  }
}
