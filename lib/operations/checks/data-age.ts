import 'server-only';
import { getSyncSchedule } from '@/lib/sync/health/sync-schedule';
import { CannotCheck, type Check, checkText } from './check';
import { requireMigrated } from './context';

const readTypes = ['accounting', 'banking', 'commerce'];

/** Whether the portal knows when data should have come: by Codat's sync settings, or the operator's. */
export const dataAge: Check = {
  id: 'data-age',
  group: 'codat',
  run: async (context) => {
    const bounds = context.environment.values.DATA_STALE_AFTER ?? {};
    const rest = readTypes.filter((type) => bounds[type] === undefined);
    if (rest.length === 0) return { state: 'ok', found: checkText('data-age.bounds') };
    const schedule = await getSyncSchedule(await requireMigrated(context));
    if (!schedule) throw new CannotCheck('syncSchedule');
    const { hours, problem } = schedule;
    if (hours === null) {
      return {
        state: 'warn',
        found: checkText('data-age.unreadable', { problem: problem ?? '' }),
        fix: checkText('data-age.fix'),
        fixedIn: 'environment',
      };
    }
    if (hours === 0) return { state: 'ok', found: checkText('data-age.unscheduled') };
    return { state: 'ok', found: checkText('data-age.ok', { hours, late: 2 * hours + 24 }) };
  },
};
