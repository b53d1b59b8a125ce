import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORTAL_EVENT_TYPES } from '@/sandbox/apply-environment';
import { startSandbox } from '@/sandbox/start-sandbox';
import { startTestSandbox, type TestSandbox } from '@/sandbox/testing/start-test-sandbox';

const WEBHOOK_URL = 'http://127.0.0.1:9/hook';
const REDIRECT_URL = 'https://portal.example/?s={state}';

let test: TestSandbox;

beforeAll(async () => {
  test = await startTestSandbox({
    SANDBOX_WEBHOOK_URL: WEBHOOK_URL,
    SANDBOX_REDIRECT_URL: REDIRECT_URL,
  });
});
afterAll(() => test.stop());

const consumers = async () => (await test.call('GET', '/webhooks')).json.results;
const environmentConsumer = { url: WEBHOOK_URL, eventTypes: PORTAL_EVENT_TYPES, disabled: false };

describe('control API', () => {
  it.each([
    ['PUT', '/settings', { webhookDrop: 2 }, 400],
    ['PUT', '/settings', { oneTimeLink: true }, 400],
    ['PUT', '/settings', '{', 400],
    ['GET', '/requests?since=yesterday', undefined, 400],
    ['POST', '/companies/none/connections', { platformKey: 'gbol' }, 404],
    ['POST', '/connections/none/authorize', undefined, 404],
    ['GET', '/nothing', undefined, 404],
  ])('refuses %s %s %j', async (method, path, body, expected) => {
    const { status, json } = await test.control(method, path, body);
    expect([status, typeof json.error]).toEqual([expected, 'string']);
  });

  it('refuses wrong platforms, statuses and transitions by name', async () => {
    const { id } = await test.createCompany();
    const path = `/companies/${id}/connections`;
    expect((await test.control('POST', path, { platformKey: 'nope' })).json.error).toContain(
      'platformKey',
    );
    expect(
      (await test.control('POST', path, { platformKey: 'gbol', status: 'Odd' })).json.error,
    ).toContain('status');
    const { id: connectionId } = await test.addConnection(id, 'gbol', 'PendingAuth');
    expect((await test.control('POST', `/connections/${connectionId}/deauthorize`)).status).toBe(
      409,
    );
  });

  it('changes only the settings it is given', async () => {
    await test.control('PUT', '/settings', { dailyQuota: 5000 });
    await test.control('PUT', '/settings', { oneTimeLinks: true });
    const { json } = await test.control('GET', '/settings');
    expect(json).toMatchObject({ dailyQuota: 5000, oneTimeLinks: true, hostile: false });
  });

  it('resets to what the environment gives', async () => {
    const clientId = (await test.call('GET', '/profile/syncSettings')).json.clientId;
    await test.createCompany();
    await test.call('PUT', '/profile', { name: 'X', redirectUrl: '' });
    await test.call('POST', '/webhooks', { url: WEBHOOK_URL, eventTypes: ['a'] });
    await test.control('POST', '/faults', { path: '/', drop: true });
    await test.control('POST', '/reset');
    expect(await consumers()).toMatchObject([environmentConsumer]);
    expect((await test.call('GET', '/profile')).json).toMatchObject({ redirectUrl: REDIRECT_URL });
    expect((await test.control('GET', '/companies')).json.totalResults).toBe(0);
    expect((await test.control('GET', '/settings')).json).toMatchObject({ dailyQuota: null });
    expect((await test.call('GET', '/profile/syncSettings')).json.clientId).toBe(clientId);
  });

  it('keeps state over a restart, and does not set up the environment twice', async () => {
    const { id } = await test.createCompany({ name: 'Kept' });
    await test.call('PUT', '/profile', { name: 'X', redirectUrl: 'https://changed.example/' });
    await test.restart();
    expect((await test.readCompany(id)).name).toBe('Kept');
    expect(await consumers()).toMatchObject([environmentConsumer]);
    expect((await test.call('GET', '/profile')).json.redirectUrl).toBe('https://changed.example/');
  });

  it('refuses a change that another site’s page asks for', async () => {
    const url = `${test.sandbox.url}/_sandbox/api/reset`;
    const headers = { origin: 'https://evil.example' };
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(403);
    expect(
      (await fetch(url, { method: 'POST', headers: { origin: test.sandbox.url } })).status,
    ).toBe(200);
  });

  it('does not start where the port is taken', async () => {
    const port = Number(new URL(test.sandbox.url).port);
    await expect(startSandbox({ ...test.config, port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('answers quickly with thousands of companies', async () => {
    const { world } = test.sandbox;
    world.store.transaction(() => {
      for (let i = 0; i < 5000; i++) {
        world.store.run(
          'INSERT INTO companies (id, name, tags, created_ms) VALUES (?, ?, ?, ?)',
          crypto.randomUUID(),
          `Company ${i}`,
          `{"uid":"u${i}"}`,
          i,
        );
      }
    });
    const started = performance.now();
    expect((await test.call('GET', '/companies?tags=uid%3Du4999')).json.totalResults).toBe(1);
    expect((await test.call('GET', '/companies?page=50&pageSize=100')).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
