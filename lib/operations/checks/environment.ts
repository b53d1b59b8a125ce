import 'server-only';
import { type Check, say } from './check';

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Every setting that is missing or wrong, by name. */
export const environment: Check = {
  id: 'environment',
  group: 'environment',
  run: async ({ environment: { problems } }) => {
    if (problems.length === 0) return { state: 'ok', found: say('environment.ok') };
    return problems.map(({ name, problem }) => ({
      about: name,
      state: 'fail',
      found: say('environment.wrong', { problem: capitalized(problem) }),
      mend: say(/https/.test(problem) ? 'environment.mendAddress' : 'environment.mend', { name }),
      mender: 'environment',
    }));
  },
};
