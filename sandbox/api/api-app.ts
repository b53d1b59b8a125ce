import { Hono } from 'hono';
import { ApiError } from '@/sandbox/errors/api-error';
import type { World } from '@/sandbox/world';
import { companyRoutes } from './company-routes';
import { connectionRoutes } from './connection-routes';
import { integrationRoutes } from './integration-routes';
import { createCallReceiver } from './receive-call';
import { settingsRoutes } from './settings-routes';
import { webhookRoutes } from './webhook-routes';

/** Codat's answer to a known path with another method. */
function refuseOtherMethods(app: Hono): void {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of app.routes) {
    methods.set(path, (methods.get(path) ?? new Set()).add(method));
  }
  for (const [path, allowed] of methods) {
    app.all(path, () => {
      throw new ApiError(405, null, { headers: { Allow: [...allowed].join(', ') } });
    });
  }
}

/** The API as one function; `DROPPED` asks for a destroyed socket. */
export function createApi(world: World) {
  const app = new Hono({ strict: true });
  app.route('/', companyRoutes(world));
  app.route('/', connectionRoutes(world));
  app.route('/', integrationRoutes(world));
  app.route('/', settingsRoutes(world));
  app.route('/', webhookRoutes(world));
  refuseOtherMethods(app);
  app.notFound(() => new ApiError(404).toResponse());
  app.onError((error) => {
    if (error instanceof ApiError) return error.toResponse();
    console.error(error);
    return new ApiError(500).toResponse();
  });
  return createCallReceiver(world, async (request) => app.fetch(request));
}
