import 'server-only';
import { type Check, say } from './check';
import { requireDatabase } from './requirements';

const needed = ['pg_trgm'];

/** Whether the extensions that searches rest on are there. */
export const databaseExtensions: Check = {
  id: 'database-extensions',
  group: 'database',
  run: async (context) => {
    const { facts } = await requireDatabase(context);
    const missing = needed.filter((name) => !facts.extensions.includes(name));
    if (missing.length === 0) {
      return { state: 'ok', found: say('database-extensions.ok', { names: needed.join(', ') }) };
    }
    const names = missing.join(', ');
    return {
      state: 'fail',
      found: say('database-extensions.missing', { names }),
      mend: say('database-extensions.mend', { names }),
      mender: 'environment',
    };
  },
};
