import type { RequestListener } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createApi } from '@/sandbox/api/api-app';
import { DROPPED } from '@/sandbox/api/receive-call';
import { createControlApi } from '@/sandbox/control/control-api';
import { refuseForeignOrigin } from '@/sandbox/control/foreign-origin';
import { createLinkApp, isLinkPath } from '@/sandbox/link/link-app';
import { createPanel } from '@/sandbox/panel/panel-app';
import { createPlatformApp } from '@/sandbox/platform/platform-app';
import type { World } from '@/sandbox/world';

/** A visitor's first guess at the address leads to the control panel; a program gets Codat's 404. */
function isVisitorAtRoot(path: string, request: Request): boolean {
  return (
    path === '/' &&
    !request.headers.has('authorization') &&
    (request.headers.get('accept') ?? '').includes('text/html')
  );
}

/** API, Hosted Link and control panel on one port; everything that is not the latter two is the API. */
export function createMainListener(world: World): RequestListener {
  const api = createApi(world);
  const link = createLinkApp(world);
  const panel = createPanel(world);
  const control = createControlApi(world);

  return getRequestListener(async (request, env) => {
    const path = new URL(request.url).pathname;
    if (path === '/_sandbox' || path.startsWith('/_sandbox/')) {
      const refusal = refuseForeignOrigin(request);
      if (refusal) return refusal;
      return path.startsWith('/_sandbox/api/') ? control.fetch(request) : panel.fetch(request);
    }
    if (isLinkPath(path)) return link.fetch(request);
    if (isVisitorAtRoot(path, request)) {
      return new Response(null, { status: 302, headers: { Location: '/_sandbox' } });
    }
    const answer = await api(request);
    if (answer !== DROPPED) return answer;
    (env as HttpBindings).incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  });
}

/** The platforms' sign-in stand-in. */
export function createPlatformListener(world: World): RequestListener {
  const app = createPlatformApp(world);
  return getRequestListener((request) => app.fetch(request));
}
