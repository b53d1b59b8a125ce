import 'server-only';
import { getDb } from '@/db/client';
import { isMigrated } from '@/db/migration-state';
import { isShuttingDown } from './shutting-down';

/** Whether this process should get requests: `ready`, or in a word why not. */
export async function getReadiness(): Promise<'ready' | 'stopping' | 'database' | 'migrations'> {
  if (isShuttingDown()) return 'stopping';
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(reject, 1500, new Error('late')).unref();
  });
  try {
    return (await Promise.race([isMigrated(getDb()), late])) ? 'ready' : 'migrations';
  } catch {
    return 'database';
  }
}
