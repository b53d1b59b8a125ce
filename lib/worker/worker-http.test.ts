import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getEnv } from '@/env';
import { serveWorkerHttp } from './worker-http';

let port: number;
let close: () => void;
let configured: string[] | undefined;
const token = 'a-token-of-tests-0123456789';
const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);

beforeAll(async () => {
  port = await new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
  configured = getEnv().METRICS_TOKEN;
  getEnv().METRICS_TOKEN = undefined;
  close = await serveWorkerHttp(port);
});
afterAll(() => {
  close();
  getEnv().METRICS_TOKEN = configured;
});

it('says that the worker is up, and whether it can work', async () => {
  expect(await (await ask('/api/health')).json()).toEqual({ status: 'up' });
  expect(await (await ask('/api/ready')).json()).toEqual({ status: 'ready' });
  expect((await ask('/api/health', { method: 'POST' })).status).toBe(404);
  expect((await ask('/admin')).status).toBe(404);
});

it('gives its figures only with the token', async () => {
  expect((await ask('/api/metrics')).status).toBe(404);
  getEnv().METRICS_TOKEN = [token];
  expect((await ask('/api/metrics')).status).toBe(401);
  const answer = await ask('/api/metrics', { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('portal_inbox_lag_seconds');
});

it('says when its port is taken', async () => {
  await expect(serveWorkerHttp(port)).rejects.toThrow(/EADDRINUSE/);
});
