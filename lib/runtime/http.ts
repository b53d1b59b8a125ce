import 'server-only';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isShuttingDown } from './process-state';

export type Exchange = { request: IncomingMessage; response: ServerResponse; server: Server };

/** What is done to a request before Next.js or anybody else sees it. */
export type Step = (exchange: Exchange) => void;

const started = 'http.server.request.start';

/**
 * Does `steps`, in this order, to every request that reaches this process. Next.js keeps its server
 * to itself, but Node announces each request before it is handled. @returns what ends it.
 */
export function onEachRequest(steps: Step[]): () => void {
  const run = (message: unknown) => {
    for (const step of steps) step(message as Exchange);
  };
  subscribe(started, run);
  return () => unsubscribe(started, run);
}

const lookAgainMs = 50;

/** A step that follows the requests being answered, for an orderly stop. */
export function trackRequests(): {
  step: Step;
  /** Accepts no more connections and waits, at most `withinMs`, for the last answer to be sent. */
  finish: (withinMs: number) => Promise<void>;
} {
  const open = new Set<ServerResponse>();
  const servers = new Set<Server>();
  return {
    step({ response, server }) {
      servers.add(server);
      open.add(response);
      if (isShuttingDown()) response.shouldKeepAlive = false;
      response.once('close', () => open.delete(response));
    },
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
