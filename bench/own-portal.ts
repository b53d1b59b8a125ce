import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sealSession, sessionCookie } from '@/lib/auth/cookie';

export type OwnPortal = {
  /** The whole answer to somebody signed in. @throws Error unless it is 200 */
  get: (path: string) => Promise<string>;
  /** Memory that the process holds now. Only known on Linux; 0 elsewhere. */
  memoryMb: () => number;
  stop: () => Promise<void>;
};

/** The production build (`PORTAL_DIR`) on this process's database, without a worker. */
export async function startOwnPortal(actor: {
  userId: string;
  sessionId: string;
}): Promise<OwnPortal> {
  const folder = process.env.PORTAL_DIR;
  if (!folder) throw new Error('PORTAL_DIR is not set: run the benchmarks with npm run bench');
  const port = await freePort();
  const child = spawn(process.execPath, [join(folder, 'server.js')], {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      WORKER: 'off',
    },
    stdio: 'inherit',
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const cookie = `${sessionCookie().name}=${await sealSession(actor.sessionId, actor.userId)}`;
  await untilReady(url, () => child.exitCode !== null);
  return {
    async get(path) {
      const response = await fetch(url + path, { headers: { cookie }, redirect: 'manual' });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
      return text;
    },
    memoryMb: () => residentMb(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && !hasEnded()) {
    const response = await fetch(`${url}/api/ready`).catch(() => null);
    if (response?.status === 200) return;
    await sleep(100);
  }
  throw new Error('the portal did not become ready');
}

function residentMb(pid: number): number {
  try {
    const [, kilobytes] = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/) ?? [];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
