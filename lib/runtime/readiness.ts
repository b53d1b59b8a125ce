import 'server-only';
import { getDb } from '@/db/client';
import { isMigrated } from '@/db/migration-state';
import { isShuttingDown } from './process-state';
import { withDeadline } from './with-deadline';

/** Whether this process should get requests: `ready`, or in a word why not. */
export async function getReadiness(): Promise<'ready' | 'stopping' | 'database' | 'migrations'> {
  if (isShuttingDown()) return 'stopping';
  try {
    const migrated = await withDeadline(isMigrated(getDb()), 1500, () => {
      throw new Error('late');
    });
    return migrated ? 'ready' : 'migrations';
  } catch {
    return 'database';
  }
}
