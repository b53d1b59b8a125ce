import 'server-only';
import type { Db } from '@/db/client';
import { CannotTell, type Check, type Outcome, say } from './check';
import { daysKnown, rotated } from './fingerprints';
import { requireMigrated } from './requirements';

/**
 * Days after which nothing made with the older values is left: a session lives 14 days, and Codat
 * repeats a delivery for 28 hours. What is encrypted stays until it is written anew.
 */
const overAfterDays = { AUTH_SECRET: 14, CODAT_WEBHOOK_SECRET: 2, ENCRYPTION_KEY: Infinity };

async function look(db: Db, name: (typeof rotated)[number], secrets: string[]): Promise<Outcome> {
  const count = secrets.length;
  // In a rotation the newest stands last at first, so the order says nothing about age.
  const ages = await Promise.all(secrets.map((secret) => daysKnown(db, name, secret)));
  const noted = ages.filter((age) => age !== null);
  const days = Math.min(...noted);
  if (noted.length < count) {
    return { about: name, state: 'ok', found: say('secret-rotation.unnoted', { count }) };
  }
  if (count === 1) return { about: name, state: 'ok', found: say('secret-rotation.one', { days }) };
  if (days < overAfterDays[name]) {
    return { about: name, state: 'ok', found: say('secret-rotation.several', { count, days }) };
  }
  return {
    about: name,
    state: 'warn',
    found: say('secret-rotation.over', { count, days }),
    mend: say('secret-rotation.mendOver', { name }),
    mender: 'environment',
  };
}

/** How many values each secret has, since when, and whether the old ones can go. */
export const secretRotation: Check = {
  id: 'secret-rotation',
  group: 'secrets',
  run: async (context) => {
    const db = await requireMigrated(context);
    const { values } = context.environment;
    const known = rotated.filter((name) => values[name]);
    if (known.length === 0) throw new CannotTell('setting', { name: rotated.join(', ') });
    return Promise.all(known.map((name) => look(db, name, values[name] ?? [])));
  },
};
