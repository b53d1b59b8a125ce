import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { getDb } from '@/db/client';
import { codatQuota } from '@/db/schema/codat';

export type LocalCodat = {
  url: string;
  /** Calls the control API. */
  control: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** API calls received so far, e.g. `POST /companies 200`. */
  calls: () => Promise<string[]>;
  stop: () => Promise<void>;
};

/**
 * Starts the local Codat as a process of its own and points this worker's environment at it. Call it
 * before the environment is first read.
 */
export async function startLocalCodat(): Promise<LocalCodat> {
  const folder = await mkdtemp(join(tmpdir(), 'local-codat-'));
  const outfile = join(folder, 'main.mjs');
  await build({
    entryPoints: ['sandbox/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  const port = await freePortPair();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [outfile], {
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATA_DIR: folder,
      SANDBOX_PORT: String(port),
      SANDBOX_API_KEY: 'test-key',
      SANDBOX_WEBHOOK_SECRET: process.env.CODAT_WEBHOOK_SECRET,
      SANDBOX_STOP_WITH_STDIN: '1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await untilReady(child);
  process.env.CODAT_API_URL = url;
  process.env.CODAT_LINK_ORIGINS = url;
  await forgetQuota();
  const control = async (method: string, path: string, body?: unknown) => {
    // What it said while it misbehaved ends with that.
    if (method === 'DELETE' && path === '/faults') await forgetQuota();
    return callControl(url, method, path, body);
  };
  return {
    url,
    control,
    calls: async () => {
      const { results } = (await control('GET', '/requests')) as {
        results: { method: string; path: string; status: number }[];
      };
      return results.map((call) => `${call.method} ${call.path.split('?')[0]} ${call.status}`);
    },
    stop: async () => {
      child.kill('SIGKILL');
      await forgetQuota();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Another Codat knows nothing of what the one before had said, or had been asked. */
export async function forgetQuota(): Promise<void> {
  await getDb()
    .delete(codatQuota)
    .catch(() => {});
}

async function callControl(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${url}/_sandbox/api${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('sandbox ready')) resolve();
    });
    child.on('exit', (code) => reject(new Error(`the local Codat ended with ${code}`)));
  });
}

/** It takes a port and the one after it. */
async function freePortPair(): Promise<number> {
  for (;;) {
    const port = await listenOn(0);
    if (port && (await listenOn(port + 1))) return port;
  }
}

function listenOn(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}
