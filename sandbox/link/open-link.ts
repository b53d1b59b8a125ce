import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { World } from '@/sandbox/world';
import { startFlow } from './flow';
import { consumePassword } from './one-time-passwords';

/** Cookies do not know ports, so the port is in the name. */
export function cookieName({ publicUrl }: World): string {
  return `codat_link_${new URL(publicUrl).port || 'default'}`;
}

const CODATS_OWN = ['openId', 'link.showSandboxIntegrations', 'link.scopes'];

/**
 * What is handed on to the redirect: everything that is not Codat's own. It is published for a
 * company's URL, not for a connection's, so the settings can lose it.
 */
function customParameters(
  world: World,
  query: Record<string, string>,
  passwordName: string,
  connectionId: string | null,
) {
  const { customParameters: fate } = world.settings.current();
  const isLost = fate === 'lost' || (fate === 'lostOnStart' && connectionId !== null);
  return Object.fromEntries(
    Object.entries(query).filter(
      ([name]) => name !== passwordName && (!isLost || CODATS_OWN.includes(name)),
    ),
  );
}

function rememberBrowser(world: World, c: Context): string {
  const known = getCookie(c, cookieName(world));
  const browser = known ?? randomBytes(18).toString('base64url');
  if (!known) {
    setCookie(c, cookieName(world), browser, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/link',
      secure: world.publicUrl.startsWith('https:'),
    });
  }
  return browser;
}

/**
 * Opens a Link URL and returns the id of the flow it starts, or null when its one-time password is
 * missing, used or expired. The password is used up here; a cookie carries the rest.
 */
export function openLink(
  world: World,
  c: Context,
  companyId: string,
  connectionId: string | null,
): string | null {
  const passwordName = connectionId === null ? 'link.otp' : 'otp';
  const query = c.req.query();
  const isOneTime = world.settings.current().oneTimeLinks;
  if (isOneTime) {
    const password = query[passwordName] ?? '';
    if (!consumePassword(world, password, companyId, connectionId)) return null;
  }
  return startFlow(world, {
    companyId,
    connectionId,
    browser: isOneTime ? rememberBrowser(world, c) : null,
    parameters: customParameters(world, query, passwordName, connectionId),
  });
}
