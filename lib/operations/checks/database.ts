import 'server-only';
import { type Check, say } from './check';
import { reasonOf, requireSetting } from './requirements';

/** Whether the database answers, and is one that the portal can use. */
export const database: Check = {
  id: 'database',
  group: 'database',
  run: async (context) => {
    requireSetting(context, 'DATABASE_URL');
    const facts = await context.database?.().catch((error: unknown) => ({ error }));
    if (!facts || 'error' in facts) {
      return {
        state: 'fail',
        found: say('database.silent', { reason: reasonOf(facts?.error) }),
        mend: say('database.mendSilent'),
        mender: 'environment',
      };
    }
    const { version, versionNumber, encoding, durationMs } = facts;
    if (versionNumber < 150_000) {
      return {
        state: 'fail',
        found: say('database.old', { version }),
        mend: say('database.mendOld'),
        mender: 'environment',
      };
    }
    if (encoding !== 'UTF8') {
      return {
        state: 'fail',
        found: say('database.encoding', { encoding }),
        mend: say('database.mendEncoding'),
        mender: 'environment',
      };
    }
    return { state: 'ok', found: say('database.ok', { version, ms: durationMs }) };
  },
};
