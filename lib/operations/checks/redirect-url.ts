import 'server-only';
import { missingParameters, redirectUrl as neededUrl } from '@/lib/linking/redirect-url';
import { type Check, say } from './check';
import { askLook, requireSetting } from './requirements';

/** Whether Hosted Link sends people back to the portal, with all that it needs. */
export const redirectUrl: Check = {
  id: 'redirect-url',
  group: 'codat',
  run: async (context) => {
    const appUrl = requireSetting(context, 'APP_URL');
    const { redirectUrl: url } = await askLook(context, (codat) => codat.profile());
    const missing = missingParameters(url, appUrl);
    const returnsTo = url.split('?', 1)[0] ?? '';
    if (missing?.length === 0) {
      return { state: 'ok', found: say('redirect-url.ok', { url: returnsTo }) };
    }
    const names = (missing ?? []).map((name) => `{${name}}`).join(', ');
    return {
      state: 'fail',
      found: missing
        ? say('redirect-url.incomplete', { names })
        : url === ''
          ? say('redirect-url.none')
          : say('redirect-url.elsewhere', { url: returnsTo }),
      mend: say('redirect-url.mend', { url: neededUrl(appUrl) }),
      mender: 'api',
    };
  },
};
