import 'server-only';
import { CannotTell, type Check, say } from './check';
import { askLook } from './requirements';

/** Whether Codat accepts the API key. */
export const codatKey: Check = {
  id: 'codat-key',
  group: 'codat',
  run: async (context) => {
    const { status } = await askLook(context, (codat) => codat.knock());
    if (status === 401) {
      return {
        state: 'fail',
        found: say('codat-key.wrong'),
        mend: say('codat-key.mendWrong'),
        mender: 'environment',
      };
    }
    if (status === 403) {
      return {
        state: 'fail',
        found: say('codat-key.refused'),
        mend: say('codat-key.mendRefused'),
        mender: 'codat-portal',
      };
    }
    // With 402 and 429 Codat knows whom it refuses.
    if ([200, 402, 429].includes(status)) return { state: 'ok', found: say('codat-key.ok') };
    throw new CannotTell('codatRefuses', { status });
  },
};
