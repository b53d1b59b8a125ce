import 'server-only';
import { CannotTell, type Check, type Outcome, say } from './check';
import { weaknessOf } from './weakness';

const secrets = [
  { name: 'AUTH_SECRET', mend: 'weak-secrets.mend' },
  { name: 'ENCRYPTION_KEY', mend: 'weak-secrets.mend' },
  { name: 'CODAT_WEBHOOK_SECRET', mend: 'weak-secrets.mendCodat' },
  { name: 'METRICS_TOKEN', mend: 'weak-secrets.mend' },
  { name: 'OIDC_CLIENT_SECRET', mend: 'weak-secrets.mendOther' },
] as const;

/**
 * Secrets that are long enough to be taken and can be guessed all the same. The API key is Codat's
 * own making.
 */
export const weakSecrets: Check = {
  id: 'weak-secrets',
  group: 'secrets',
  run: async ({ environment: { values } }) => {
    const set = secrets.filter(({ name }) => values[name]);
    if (set.length === 0) throw new CannotTell('setting', { name: secrets[0].name });
    const state = values.PORTAL_MODE === 'production' ? 'fail' : 'warn';
    const weak = set.flatMap(({ name, mend }): Outcome[] => {
      const weakness = [values[name] ?? []].flat().map(weaknessOf).find(Boolean);
      if (!weakness) return [];
      const found = say(`weak-secrets.${weakness}`, { name });
      return [{ about: name, state, found, mend: say(mend, { name }), mender: 'environment' }];
    });
    return weak.length > 0 ? weak : { state: 'ok', found: say('weak-secrets.ok') };
  },
};
