import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestSandbox, type TestSandbox } from '@/sandbox/testing/start-test-sandbox';
import { waitUntil } from '@/sandbox/testing/wait-until';

let test: TestSandbox;

beforeAll(async () => {
  test = await startTestSandbox();
});
afterAll(() => test.stop());
beforeEach(() => test.control('POST', '/reset'));

const create = (key: string, name = 'Toft') =>
  test.call('POST', '/companies', { name }, { 'idempotency-key': key });
const fault = (definition: object) => test.control('POST', '/faults', definition);
const countCompanies = async () => (await test.control('GET', '/companies')).json.totalResults;
const countUnanswered = async () => {
  const { json } = await test.control<{ results: { status: number | null }[] }>('GET', '/requests');
  return json.results.filter(({ status }) => status === null).length;
};
const outcome = (answer: Promise<{ status: number }>) =>
  answer.then(
    ({ status }) => status,
    () => 'dropped',
  );

describe('Idempotency-Key', () => {
  it('replays the first answer, body and all', async () => {
    const key = randomUUID();
    const [first, second] = [await create(key), await create(key)];
    expect(second.text).toBe(first.text);
    expect(await countCompanies()).toBe(1);
  });

  it('is forgotten after 90 minutes', async () => {
    const key = randomUUID();
    await create(key);
    await test.control('PUT', '/settings', { clockOffsetMs: 89 * 60_000 });
    await create(key);
    expect(await countCompanies()).toBe(1);
    await test.control('PUT', '/settings', { clockOffsetMs: 91 * 60_000 });
    await create(key);
    expect(await countCompanies()).toBe(2);
  });

  it('survives a restart', async () => {
    const key = randomUUID();
    const first = await create(key);
    await test.restart();
    expect((await create(key)).json.id).toBe(first.json.id);
  });

  it('refuses another body with 422 and another request in progress with 409', async () => {
    const key = randomUUID();
    await fault({ path: '/companies', latencyMs: 1000 });
    const slow = create(key);
    await waitUntil(async () => (await countUnanswered()) === 1);
    expect((await create(key)).status).toBe(409);
    expect((await create(key, 'Other')).status).toBe(422);
    expect((await slow).status).toBe(200);
    expect((await create(key, 'Other')).status).toBe(422);
    expect(await countCompanies()).toBe(1);
  });

  it('makes one company of twenty parallel calls', async () => {
    const key = randomUUID();
    const statuses = await Promise.all(Array.from({ length: 20 }, () => outcome(create(key))));
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
    expect(await countCompanies()).toBe(1);
  });

  it('means nothing on PUT', async () => {
    const { id } = await test.createCompany();
    const headers = { 'idempotency-key': randomUUID() };
    await test.call('PUT', `/companies/${id}`, { name: 'A' }, headers);
    const { json } = await test.call('PUT', `/companies/${id}`, { name: 'B' }, headers);
    expect(json.name).toBe('B');
  });

  it.each([
    ['a 5xx before the effect', { status: 500 }, 500, 500, 0],
    ['a 5xx after the effect', { status: 500, afterEffect: true }, 500, 500, 1],
    ['an answer lost after the effect', { drop: true, afterEffect: true }, 'dropped', 200, 1],
    ['a call lost before the effect', { drop: true }, 'dropped', 200, 1],
    ['429', { status: 429, retryAfter: 1 }, 429, 200, 1],
    ['401', { status: 401 }, 401, 200, 1],
    ['402', { status: 402 }, 402, 402, 0],
    ['a malformed body after the effect', { body: '{"id":', afterEffect: true }, 200, 200, 1],
    ['a malformed body before the effect', { status: 200, body: '{"id":' }, 200, 200, 1],
  ])('after %s', async (_, definition, first, second, companies) => {
    const key = randomUUID();
    await fault({ method: 'POST', path: '/companies', ...definition });
    const read = async () => {
      const response = await fetch(`${test.sandbox.url}/companies`, {
        method: 'POST',
        body: '{"name":"Toft"}',
        headers: {
          authorization: `Basic ${Buffer.from(test.config.apiKey).toString('base64')}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
      });
      await response.text();
      return response;
    };
    expect(await outcome(read())).toBe(first);
    expect(await outcome(read())).toBe(second);
    expect(await countCompanies()).toBe(companies);
  });

  it('replays exactly the 5xx that was answered', async () => {
    const key = randomUUID();
    await fault({ path: '/companies', status: 503, afterEffect: true });
    const [first, second] = [await create(key), await create(key)];
    expect(second.text).toBe(first.text);
    expect((await create(randomUUID())).status).toBe(200);
  });
});

describe('faults', () => {
  const get = () => test.call('GET', '/companies');

  it('happen as often as asked, by method and path, and are logged', async () => {
    await fault({ method: 'get', path: '/companies', status: 503, times: 2 });
    await test.call('POST', '/companies', { name: 'x' });
    expect([(await get()).status, (await get()).status, (await get()).status]).toEqual([
      503, 503, 200,
    ]);
    const { json } = await test.control<{ results: { status: number }[] }>('GET', '/requests');
    expect(json.results.map(({ status }) => status)).toEqual([200, 503, 503, 200]);
  });

  it('stay until cleared with times null', async () => {
    await fault({ path: '/', status: 500, times: null });
    for (let i = 0; i < 3; i++) expect((await get()).status).toBe(500);
    await test.control('DELETE', '/faults');
    expect((await get()).status).toBe(200);
  });

  it('match exactly, below a path, and by asterisk', async () => {
    const { id } = await test.createCompany();
    const statusWith = async (path: string, called: string) => {
      await test.control('DELETE', '/faults');
      await fault({ path, status: 500 });
      return (await test.call('GET', called)).status;
    };
    expect(await statusWith('/companies', `/companies/${id}`)).toBe(500);
    expect(await statusWith('/compan', '/companies')).toBe(200);
    expect(await statusWith('/companies/*/connections', `/companies/${id}/connections`)).toBe(500);
    expect(await statusWith('/companies/*/connections', `/companies/${id}`)).toBe(200);
  });

  it('give any body and content type', async () => {
    await fault({ path: '/companies', status: 502, body: '<html>Bad gateway</html>' });
    const { status, text, headers } = await get();
    expect([status, text]).toEqual([502, '<html>Bad gateway</html>']);
    expect(headers.get('content-type')).toBe('text/html');
    await fault({ path: '/companies', body: { results: null }, contentType: 'text/plain' });
    expect((await get()).text).toBe('{"results":null}');
  });

  it('can be pure latency, a slow body, or a Retry-After', async () => {
    const started = performance.now();
    await fault({ path: '/companies', latencyMs: 80 });
    expect((await get()).status).toBe(200);
    await fault({ path: '/companies', slowBodyMs: 80 });
    expect((await get()).json.totalResults).toBe(0);
    expect(performance.now() - started).toBeGreaterThan(150);
    await fault({ path: '/companies', status: 429, retryAfter: 3600 });
    expect((await get()).headers.get('retry-after')).toBe('3600');
  });

  it('log a dropped call with status 0', async () => {
    await fault({ path: '/companies', drop: true });
    await expect(get()).rejects.toThrow();
    const { json } = await test.control('GET', '/requests');
    expect(json.results).toMatchObject([{ path: '/companies', status: 0 }]);
  });

  it.each([{}, { path: '/x', status: 99 }, { path: '/x', tymes: 2 }, { path: '/x', times: 0 }])(
    'refuse %j',
    async (definition) => {
      const { status, json } = await fault(definition);
      expect(status).toBe(400);
      expect(json.error).toEqual(expect.any(String));
    },
  );
});
