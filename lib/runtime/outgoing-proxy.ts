import 'server-only';
import http from 'node:http';
import { outgoingProxy } from '@/env';
import { logger } from './logger';

/**
 * Has everything that this process calls by `fetch` or `node:http` go through the proxy in HTTPS_PROXY,
 * if there is one; never what listens on this machine. Node would only do so with NODE_USE_ENV_PROXY=1.
 * @returns whether calls now do what the environment asks for.
 */
export function applyOutgoingProxy(): boolean {
  const proxy = outgoingProxy();
  if (!proxy) return true;
  try {
    // Node.js before 24.14 has no such function.
    // Next.js's types want a NODE_ENV in every environment; Node reads none here.
    http.setGlobalProxyFromEnv({ ...proxy, NODE_ENV: 'production' });
    return true;
  } catch (error) {
    logger.warn({ err: error }, 'HTTPS_PROXY can’t be used');
    return false;
  }
}
