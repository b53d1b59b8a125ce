import 'server-only';
import { type Check, say } from './check';
import { requireDatabase } from './requirements';

const nearShare = 0.8;

/** Whether the database has connections left. */
export const connections: Check = {
  id: 'connections',
  group: 'database',
  run: async (context) => {
    const { facts } = await requireDatabase(context);
    const { connections: used, maxConnections: max } = facts;
    if (used < max * nearShare) {
      return { state: 'ok', found: say('connections.ok', { used, max }) };
    }
    return {
      state: 'warn',
      found: say('connections.near', { used, max }),
      mend: say('connections.mend'),
      mender: 'environment',
    };
  },
};
