import 'server-only';
import type { Db } from '@/db/client';
import type { EnvInspection } from '@/env';
import { accessOf, lookAtCodat } from '@/lib/codat/probe';
import type { CheckContext } from './check';
import { lookAtDatabase } from './look-at-database';

/** What the checks are given, of an environment that may be wrong and a database that may be away. */
export function createContext(environment: EnvInspection, db: Db | null): CheckContext {
  const access = accessOf(environment);
  return {
    environment,
    db,
    codat: access && lookAtCodat(access),
    database: db && lookAtDatabase(db),
  };
}
