import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '@/sandbox/testing/start-test-sandbox';

let test: TestSandbox;

beforeAll(async () => {
  test = await startTestSandbox();
});
afterAll(() => test.stop());

describe('the wire', () => {
  it.each([
    ['none', ''],
    ['the bare key', 'Basic test-api-key'],
    ['user and password', `Basic ${Buffer.from('test-api-key:').toString('base64')}`],
    ['another scheme', `Bearer ${Buffer.from('test-api-key').toString('base64')}`],
  ])('refuses as authorization: %s', async (_, authorization) => {
    const { status, json, headers } = await test.call('GET', '/companies', undefined, {
      authorization,
    });
    expect([status, json.error]).toEqual([401, 'Unauthorized']);
    expect(headers.get('x-rate-limit-limit')).toBe('1000');
    expect(json.correlationId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('tells an unknown path from a wrong method', async () => {
    expect((await test.call('GET', '/nothing')).json.error).toBe('NotFound');
    const { status, headers } = await test.call('PUT', '/companies', {});
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('counts the quota down, ends it with 429, and begins a new day', async () => {
    const before = await test.call('GET', '/profile');
    const after = await test.call('GET', '/profile');
    const remaining = (headers: Headers) => Number(headers.get('x-rate-limit-remaining'));
    expect(remaining(after.headers)).toBe(remaining(before.headers) - 1);
    expect(new Date(after.headers.get('x-rate-limit-reset') ?? '').getUTCHours()).toBe(0);

    await test.control('PUT', '/settings', { dailyQuota: 1 });
    const over = await test.call('GET', '/profile');
    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    await test.control('PUT', '/settings', { clockOffsetMs: 24 * 3600 * 1000 });
    expect((await test.call('GET', '/profile')).status).toBe(200);
    await test.control('PUT', '/settings', { dailyQuota: null, clockOffsetMs: 0 });
  });

  it('dates its answers by the movable clock', async () => {
    await test.control('PUT', '/settings', { clockOffsetMs: 600_000 });
    const { headers } = await test.call('GET', '/profile');
    await test.control('PUT', '/settings', { clockOffsetMs: 0 });
    const aheadMs = Date.parse(headers.get('date') ?? '') - Date.now();
    expect(Math.abs(aheadMs - 600_000)).toBeLessThan(5000);
  });

  it('allows more calls for each linked company', async () => {
    const { id } = await test.createCompany();
    await test.addConnection(id, 'gbol', 'Linked');
    await test.addConnection(id, 'exgd', 'Linked');
    const { headers } = await test.call('GET', '/profile');
    expect(headers.get('x-rate-limit-limit')).toBe('2000');
  });

  it('keeps a log of calls, not of pages or control calls', async () => {
    await test.control('DELETE', '/requests');
    const since = new Date().toISOString();
    await test.call('GET', '/profile?x=1');
    await fetch(`${test.sandbox.url}/_sandbox`);
    await fetch(`${test.sandbox.url}/company/none`);
    const { json } = await test.control('GET', `/requests?since=${since}`);
    expect(json.results).toMatchObject([{ method: 'GET', path: '/profile', status: 200 }]);
    await test.control('DELETE', '/requests');
    expect((await test.control('GET', '/requests')).json.results).toEqual([]);
  });

  it('answers for localhost, IPv4 and (where there is one) IPv6', async () => {
    const { port } = new URL(test.sandbox.url);
    const v4 = await fetch(`http://127.0.0.1:${port}/companies`);
    expect(v4.status).toBe(401);
    const v6 = await fetch(`http://[::1]:${port}/companies`).catch(() => null);
    expect([401, undefined]).toContain(v6?.status);
  });

  it('unlinks what is linked, and nothing else', async () => {
    const { id } = await test.createCompany();
    const { id: connectionId } = await test.addConnection(id, 'gbol', 'PendingAuth');
    const path = `/companies/${id}/connections/${connectionId}`;
    expect((await test.call('PATCH', path, { status: 'Unlinked' })).status).toBe(400);
    expect((await test.call('PATCH', path, { status: 'Linked' })).status).toBe(400);
    await test.control('POST', `/connections/${connectionId}/authorize`);
    const { status, json } = await test.call('PATCH', path, { status: 'Unlinked' });
    expect([status, json.status]).toEqual([200, 'Unlinked']);
    const other = await test.createCompany();
    const foreign = await test.call('GET', `/companies/${other.id}/connections/${connectionId}`);
    expect(foreign.json.error).toBe(`Data connection ${connectionId} not found`);
    const gone = await test.call('DELETE', path);
    expect([gone.status, gone.text, gone.headers.get('content-type')]).toEqual([200, '', null]);
  });

  it.each([
    ['nope', 404],
    ['pbtz', 400],
    [undefined, 400],
  ])('refuses a connection to platform %s', async (platformKey, expected) => {
    const { id } = await test.createCompany();
    const { status } = await test.call('POST', `/companies/${id}/connections`, { platformKey });
    expect(status).toBe(expected);
  });

  it('keeps one accounting connection linked, and many others', async () => {
    const { id } = await test.createCompany();
    for (const key of ['gbol', 'qhyg', 'exgd', 'suuo', 'suuo']) {
      await test.addConnection(id, key, 'Linked');
    }
    const { dataConnections, platform } = await test.readCompany(id);
    expect(dataConnections.map(({ status }) => status)).toEqual([
      ...['Unlinked', 'Linked', 'Linked', 'Linked', 'Linked'],
    ]);
    expect(platform).toBe('QuickBooks Online');
  });

  it('becomes hostile on demand, and stays consistent', async () => {
    const { id } = await test.createCompany();
    const first = await test.addConnection(id, 'gbol', 'Linked');
    const second = await test.addConnection(id, 'exgd', 'PendingAuth');
    await test.control('PUT', '/settings', { hostile: true });
    const company = (await test.call('GET', `/companies/${id}`)).json;
    expect(company).toMatchObject({ description: null, tags: null, futureField: {} });
    expect(company.dataConnections).toMatchObject([
      { id: first.id, status: 'Linked', connectionInfo: null },
      { id: second.id, status: 'Suspended', sourceType: 'Payroll', lastSync: null },
    ]);
    const path = `/companies/${id}/connections/${second.id}`;
    expect((await test.call('GET', path)).json.status).toBe('Suspended');
    await test.control('PUT', '/settings', { hostile: false });
    expect((await test.call('GET', path)).json.status).toBe('PendingAuth');
  });
});
