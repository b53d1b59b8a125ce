import 'server-only';
import { CannotTell, type Check, say } from './check';
import { askLook } from './requirements';

/** Companies that a free plan allows; no API says which plan it is. */
const freePlan = 50;
const nearFrom = 40;

/** Whether Codat's plan is in the way of further companies. */
export const codatPlan: Check = {
  id: 'codat-plan',
  group: 'codat',
  run: async (context) => {
    const { status, companies: count } = await askLook(context, (codat) => codat.knock());
    if (status === 402) {
      return {
        state: 'fail',
        found: say('codat-plan.paymentRequired'),
        mend: say('codat-plan.mendPayment'),
        mender: 'codat-portal',
      };
    }
    if (count === null) throw new CannotTell('codatRefuses', { status });
    if (count < nearFrom || count > freePlan) {
      return { state: 'ok', found: say('codat-plan.ok', { count }) };
    }
    return {
      state: 'warn',
      found: say(count === freePlan ? 'codat-plan.full' : 'codat-plan.near', { count }),
      mend: say('codat-plan.mendFull'),
      mender: 'codat-portal',
    };
  },
};
