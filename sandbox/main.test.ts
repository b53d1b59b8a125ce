import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-main-'));
const bundle = path.join(folder, 'sandbox.mjs');

beforeAll(() =>
  build({
    entryPoints: [path.join(root, 'sandbox/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: bundle,
    absWorkingDir: root,
    logLevel: 'error',
  }),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [bundle], {
    env: { ...process.env, DATA_DIR: path.join(folder, 'data'), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += String(chunk);
  });
  return { child, output };
}

const exitCode = async (child: ChildProcess): Promise<unknown> => {
  const [code] = await once(child, 'exit');
  return code;
};

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return String(typeof address === 'object' ? address?.port : 0);
}

describe('the process', () => {
  it.each(['SIGTERM', 'stdin'])('says one line, answers, and ends by %s', async (how) => {
    const SANDBOX_PORT = await freePort();
    const { child, output } = start({ SANDBOX_PORT, SANDBOX_STOP_WITH_STDIN: '1' });
    await expect
      .poll(() => output.stdout, { timeout: 10_000 })
      .toBe(`sandbox ready on http://localhost:${SANDBOX_PORT}\n`);
    expect((await fetch(`http://localhost:${SANDBOX_PORT}/companies`)).status).toBe(401);
    const code = exitCode(child);
    if (how === 'stdin') child.stdin.end();
    else child.kill('SIGTERM');
    expect(await code).toBe(0);
    expect(output.stderr).not.toContain('Error');
  });

  it('names a taken port and exits with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { child, output } = start({ SANDBOX_PORT: String(port) });
    expect(await exitCode(child)).toBe(1);
    expect(output.stderr).toContain(`port ${port} is taken`);
    expect(output.stdout).toBe('');
    taken.close();
  });

  it('names a wrong setting and exits with 1', async () => {
    const { child, output } = start({ SANDBOX_WEBHOOK_SECRET: 'whsec_c2hvcnQ=' });
    expect(await exitCode(child)).toBe(1);
    expect(output.stderr).toContain('SANDBOX_WEBHOOK_SECRET');
  });
});
