import 'server-only';
import { isThisMachine, outgoingProxy } from '@/env';
import { applyOutgoingProxy } from '@/lib/runtime/outgoing-proxy';
import { type Check, checkText } from './check';
import { requireSetting } from './context';

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Every setting that is missing or wrong, by name. */
export const environment: Check = {
  id: 'environment',
  group: 'environment',
  run: async ({ environment: { problems } }) => {
    if (problems.length === 0) return { state: 'ok', found: checkText('environment.ok') };
    return problems.map(({ name, problem }) => ({
      about: name,
      state: 'fail',
      found: checkText('environment.wrong', { problem: capitalized(problem) }),
      fix: checkText(/https/.test(problem) ? 'environment.fixAddress' : 'environment.fix', {
        name,
      }),
      fixedIn: 'environment',
    }));
  },
};

/** Whether the public address is one that customers and Codat can use. */
export const appUrl: Check = {
  id: 'app-url',
  group: 'environment',
  run: async (context) => {
    const address = requireSetting(context, 'APP_URL');
    const mode = requireSetting(context, 'PORTAL_MODE');
    const url = new URL(address);
    if (mode !== 'production') {
      const plain = url.protocol === 'http:';
      return {
        state: 'ok',
        found: checkText(plain ? 'app-url.demo' : 'app-url.ok', { url: address, mode }),
      };
    }
    if (isThisMachine(url)) {
      return {
        state: 'warn',
        found: checkText('app-url.local', { url: address }),
        fix: checkText('app-url.fixLocal'),
        fixedIn: 'environment',
      };
    }
    return { state: 'ok', found: checkText('app-url.ok', { url: address }) };
  },
};

const customersPages = ['PRIVACY_URL', 'TERMS_URL', 'SUPPORT_EMAIL'] as const;

/** What customers look for before they share their books, and when something goes wrong. */
export const yourPages: Check = {
  id: 'your-pages',
  group: 'environment',
  run: async (context) => {
    const { values } = context.environment;
    const unset = customersPages.filter((name) => !values[name]);
    if (unset.length === 0) return { state: 'ok', found: checkText('your-pages.ok') };
    if (requireSetting(context, 'PORTAL_MODE') !== 'production') {
      return { state: 'ok', found: checkText('your-pages.demo', { names: unset.join(', ') }) };
    }
    return unset.map((name) => ({
      about: name,
      state: 'warn',
      found: checkText(`your-pages.${name}`),
      fix: checkText('your-pages.fix', { name }),
      fixedIn: 'environment',
    }));
  },
};

/** Through what calls leave this machine. Shown without the user and password that it may hold. */
export const outgoing: Check = {
  id: 'outgoing-proxy',
  group: 'environment',
  run: async () => {
    const proxy = outgoingProxy();
    if (!proxy) return { state: 'ok', found: checkText('outgoing-proxy.none') };
    const url = URL.parse(proxy.https_proxy ?? proxy.http_proxy ?? '');
    if (url && applyOutgoingProxy()) {
      return { state: 'ok', found: checkText('outgoing-proxy.ok', { host: url.host }) };
    }
    return {
      state: 'fail',
      found: checkText(url ? 'outgoing-proxy.unused' : 'outgoing-proxy.wrong'),
      fix: checkText(url ? 'outgoing-proxy.fixUnused' : 'outgoing-proxy.fixWrong'),
      fixedIn: 'environment',
    };
  },
};
