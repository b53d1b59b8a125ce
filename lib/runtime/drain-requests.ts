import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { Server, ServerResponse } from 'node:http';
import { isShuttingDown } from './shutting-down';

type Started = { response: ServerResponse; server: Server };

const lookAgainMs = 50;

/**
 * Follows the HTTP requests of this process from now on. Next.js keeps its server to itself, but
 * Node tells of every request.
 */
export function watchRequests(): {
  /** Accepts no more connections and waits, at most `withinMs`, for the last answer to be sent. */
  finish: (withinMs: number) => Promise<void>;
} {
  const open = new Set<ServerResponse>();
  const servers = new Set<Server>();
  subscribe('http.server.request.start', (message) => {
    const { response, server } = message as Started;
    servers.add(server);
    open.add(response);
    if (isShuttingDown()) response.shouldKeepAlive = false;
    response.once('close', () => open.delete(response));
  });
  return {
    async finish(withinMs) {
      const deadline = Date.now() + withinMs;
      for (const response of open) response.shouldKeepAlive = false;
      for (const server of servers) server.close();
      while (open.size > 0 && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
        for (const server of servers) server.closeIdleConnections();
      }
    },
  };
}
