import 'server-only';
import { getMigrationState } from '@/db/migration-state';
import { type Check, say } from './check';
import { requireDatabase } from './requirements';

/** Whether the database has the tables that this build expects. */
export const migrations: Check = {
  id: 'migrations',
  group: 'database',
  run: async (context) => {
    const { db } = await requireDatabase(context);
    const { known, missing, isAhead } = await getMigrationState(db);
    if (missing > 0) {
      return {
        state: 'fail',
        found:
          missing === known
            ? say('migrations.never')
            : say('migrations.behind', { count: missing }),
        mend: say('migrations.mend'),
        mender: 'environment',
      };
    }
    if (isAhead) {
      return {
        state: 'warn',
        found: say('migrations.ahead'),
        mend: say('migrations.mendAhead'),
        mender: 'environment',
      };
    }
    return { state: 'ok', found: say('migrations.ok', { count: known }) };
  },
};
