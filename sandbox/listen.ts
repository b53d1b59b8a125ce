import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const LOOPBACK_V4 = '127.0.0.1';
const LOOPBACK_V6 = '::1';

/** A port that answers on every address it should. */
export interface Listening {
  port: number;
  close(): Promise<void>;
}

function bind(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function isAddressMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
  );
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * Listens on `host`; for the loopback interface on IPv4 and, where the machine has it, on IPv6, so
 * that `localhost` works whatever it resolves to. Port 0 takes a free one. Rejects with the
 * system's error (`EADDRINUSE`) when the port is taken.
 */
export async function listen(
  listener: RequestListener,
  port: number,
  host: string,
): Promise<Listening> {
  const isLoopback = host === LOOPBACK_V4 || host === 'localhost';
  const first = createServer(listener);
  const taken = await bind(first, port, isLoopback ? LOOPBACK_V4 : host);
  const servers = [first];
  if (isLoopback) {
    const second = createServer(listener);
    try {
      await bind(second, taken, LOOPBACK_V6);
      servers.push(second);
    } catch (error) {
      if (!isAddressMissing(error)) {
        await close(first, 0);
        throw error;
      }
    }
  }
  return {
    port: taken,
    close: async () => {
      await Promise.all(servers.map((server) => close(server, 2000)));
    },
  };
}
