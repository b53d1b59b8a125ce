import 'server-only';
import { type Check, type Outcome, say } from './check';
import { askLook, requireDatabase } from './requirements';

const warnFromMs = 60_000;
/** From here on every webhook's time stamp is out of the 300 s that it may be off. */
const failFromMs = 300_000;

function compare(against: 'clock-codat' | 'clock-database', aheadMs: number): Outcome {
  const seconds = Math.floor(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) < warnFromMs)
    return { state: 'ok', found: say(`${against}.ok`, { seconds }) };
  const direction = aheadMs > 0 ? 'behind' : 'ahead';
  return {
    state: Math.abs(aheadMs) < failFromMs ? 'warn' : 'fail',
    found: say(`${against}.off`, { seconds, direction }),
    mend: say(`${against}.mend`),
    mender: 'environment',
  };
}

/** Our clock against the `Date` of Codat's answer. */
export const clockCodat: Check = {
  id: 'clock-codat',
  group: 'codat',
  run: async (context) => {
    const { aheadMs } = await askLook(context, (codat) => codat.knock());
    if (aheadMs === null) return { state: 'unknown', found: say('clock-codat.silent') };
    return compare('clock-codat', aheadMs);
  },
};

/** Our clock against the database's, by which times are stored and compared. */
export const clockDatabase: Check = {
  id: 'clock-database',
  group: 'database',
  run: async (context) => {
    const { facts } = await requireDatabase(context);
    return compare('clock-database', facts.aheadMs);
  },
};
