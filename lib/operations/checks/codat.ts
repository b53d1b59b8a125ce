import 'server-only';
import { getBlock } from '@/lib/codat/gate-state';
import { missingParameters, redirectUrl as neededUrl } from '@/lib/linking/redirect-url';
import { CannotCheck, type Check, type CheckContext, checkText } from './check';
import { askCodat, compareClocks, isHeld, reasonOf, requireSetting, troubleOf } from './context';

/** Whether Codat answers at all. */
export const codatReachable: Check = {
  id: 'codat-reachable',
  group: 'codat',
  run: async (context) => {
    const url = requireSetting(context, 'CODAT_API_URL');
    requireSetting(context, 'CODAT_API_KEY');
    const ping = await context.codat?.ping().catch((error: unknown) => ({ error }));
    if (ping && 'error' in ping && isHeld(ping.error)) throw new CannotCheck('codatHeld');
    if (!ping || 'error' in ping) {
      const reason = reasonOf(ping?.error);
      const isUntrusted = troubleOf(reason) === 'certificate';
      return {
        state: 'fail',
        found: checkText('codat-reachable.silent', { url, reason }),
        fix: checkText(
          isUntrusted ? 'codat-reachable.fixCertificate' : 'codat-reachable.fixSilent',
        ),
        fixedIn: 'environment',
      };
    }
    const { status, durationMs } = ping;
    if (status >= 500) {
      return {
        state: 'fail',
        found: checkText('codat-reachable.broken', { url, status }),
        fix: checkText('codat-reachable.fixBroken'),
        fixedIn: 'codat-portal',
      };
    }
    return { state: 'ok', found: checkText('codat-reachable.ok', { url, ms: durationMs }) };
  },
};

/** Whether Codat accepts the API key. */
export const codatKey: Check = {
  id: 'codat-key',
  group: 'codat',
  run: async (context) => {
    const { status } = await askCodat(context, (codat) => codat.ping());
    if (status === 401) {
      return {
        state: 'fail',
        found: checkText('codat-key.wrong'),
        fix: checkText('codat-key.fixWrong'),
        fixedIn: 'environment',
      };
    }
    if (status === 403) {
      return {
        state: 'fail',
        found: checkText('codat-key.refused'),
        fix: checkText('codat-key.fixRefused'),
        fixedIn: 'codat-portal',
      };
    }
    // With 402 and 429 Codat knows whom it refuses.
    if ([200, 402, 429].includes(status)) return { state: 'ok', found: checkText('codat-key.ok') };
    throw new CannotCheck('codatRefuses', { status });
  },
};

/** Companies that a free plan allows; no API says which plan it is. */
const freePlan = 50;
const nearFrom = 40;

/** Whether Codat's plan is in the way of further companies. */
export const codatPlan: Check = {
  id: 'codat-plan',
  group: 'codat',
  run: async (context) => {
    const { status, companies: count } = await askCodat(context, (codat) => codat.ping());
    if (status === 402) {
      return {
        state: 'fail',
        found: checkText('codat-plan.paymentRequired'),
        fix: checkText('codat-plan.fixPayment'),
        fixedIn: 'codat-portal',
      };
    }
    if (count === null) throw new CannotCheck('codatRefuses', { status });
    if (count < nearFrom || count > freePlan) {
      return { state: 'ok', found: checkText('codat-plan.ok', { count }) };
    }
    return {
      state: 'warn',
      found: checkText(count === freePlan ? 'codat-plan.full' : 'codat-plan.near', { count }),
      fix: checkText('codat-plan.fixFull'),
      fixedIn: 'codat-portal',
    };
  },
};

const lowShare = 0.1;

/** How much of today's calls is left. */
export const codatQuota: Check = {
  id: 'codat-quota',
  group: 'codat',
  run: async (context) => {
    const asked = askCodat(context, (codat) => codat.ping());
    // After the call, which may have shown that the wait is over.
    const block = await asked.then(
      () => blockOf(context),
      () => blockOf(context),
    );
    const fixable = { fix: checkText('codat-quota.fix'), fixedIn: 'codat-portal' } as const;
    if (block) {
      const until = `${block.until.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      return { state: 'fail', found: checkText('codat-quota.blocked', { until }), ...fixable };
    }
    const { status, quota } = await asked;
    if (!quota) return { state: 'unknown', found: checkText('codat-quota.silent') };
    const { dailyLimit: limit, remaining } = quota;
    if (status === 429 || remaining === 0) {
      return { state: 'fail', found: checkText('codat-quota.none', { limit }), ...fixable };
    }
    if (remaining < limit * lowShare) {
      return {
        state: 'warn',
        found: checkText('codat-quota.low', { remaining, limit }),
        ...fixable,
      };
    }
    return { state: 'ok', found: checkText('codat-quota.ok', { remaining, limit }) };
  },
};

/** What the gate keeps; null also without a database, or with an older one. */
async function blockOf({ db }: CheckContext) {
  return db ? getBlock(db).catch(() => null) : null;
}

/** Our clock against the `Date` of Codat's answer. */
export const clockCodat: Check = {
  id: 'clock-codat',
  group: 'codat',
  run: async (context) => {
    const { aheadMs } = await askCodat(context, (codat) => codat.ping());
    if (aheadMs === null) return { state: 'unknown', found: checkText('clock-codat.silent') };
    return compareClocks('clock-codat', aheadMs);
  },
};

/** Whether Hosted Link sends people back to the portal, with all that it needs. */
export const redirectUrl: Check = {
  id: 'redirect-url',
  group: 'codat',
  run: async (context) => {
    const appUrl = requireSetting(context, 'APP_URL');
    const { redirectUrl: url, allowedUrls } = await askCodat(context, (codat) => codat.profile());
    const missing = missingParameters(url, appUrl);
    const returnsTo = url.split('?', 1)[0] ?? '';
    if (missing?.length === 0 && !allowsReturn(allowedUrls, appUrl)) {
      return {
        state: 'warn',
        found: checkText('redirect-url.notAllowed', { urls: allowedUrls.join(', ') }),
        fix: checkText('redirect-url.fixAllowed', { url: new URL(appUrl).origin }),
        fixedIn: 'codat-portal',
      };
    }
    if (missing?.length === 0) {
      return { state: 'ok', found: checkText('redirect-url.ok', { url: returnsTo }) };
    }
    const names = (missing ?? []).map((name) => `{${name}}`).join(', ');
    return {
      state: 'fail',
      found: missing
        ? checkText('redirect-url.incomplete', { names })
        : url === ''
          ? checkText('redirect-url.none')
          : checkText('redirect-url.elsewhere', { url: returnsTo }),
      fix: checkText('redirect-url.fix', { url: neededUrl(appUrl) }),
      fixedIn: 'api',
    };
  },
};

/** By `whiteListUrls`: URLs with their schemes, or bare hosts; any is allowed when there is none. */
function allowsReturn(allowedUrls: string[], appUrl: string): boolean {
  const { origin, host } = new URL(appUrl);
  const isOwn = (allowed: string) =>
    URL.canParse(allowed) && /^https?:/i.test(allowed)
      ? new URL(allowed).origin === origin
      : allowed.trim().toLowerCase() === host;
  return allowedUrls.length === 0 || allowedUrls.some(isOwn);
}
