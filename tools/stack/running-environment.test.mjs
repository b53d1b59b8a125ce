import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { keepRunningEnvironment } from './running-environment.mjs';

it('keeps settings that were exported only for the demo, and nothing else of its environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'running-'));
  vi.stubEnv('CODAT_WEBHOOK_SECRET', 'exported');
  const undo = [];
  const environment = { ...process.env, PORT: '3000', NO_PROXY: 'localhost' };
  keepRunningEnvironment({ defer: (task) => undo.push(task) }, folder, environment);
  const kept = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8'));
  expect(kept).toMatchObject({ CODAT_WEBHOOK_SECRET: 'exported', PORT: '3000' });
  expect(kept).not.toHaveProperty('PATH');
  for (const task of undo) task();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});
