import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEachRequest } from './http';
import { getLogContext, noteInLog, withLogContext } from './logger';
import { observeRequest } from './observe-requests';
import { getMetrics } from './process-metrics';
import { currentRequestId } from './process-state';
import type { RouteTable } from './route-table';

const companyId = '0498e921-9b53-4396-a412-4f2f5983b0a2';
let server: Server;
let url: string;

beforeAll(async () => {
  const routes: RouteTable = (path) => {
    const [, , id] = path?.split('/') ?? [];
    const params: Record<string, string> = id ? { companyId: id } : {};
    return { route: id ? '/a/[companyId]' : 'unknown', params };
  };
  onEachRequest([observeRequest(routes)]);
  server = createServer(async (request, response) => {
    const { actor } = request.headers;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    if (typeof actor === 'string') noteInLog({ actorId: actor });
    await new Promise((resolve) => setImmediate(resolve));
    const inner = withLogContext({ job: 'x' }, () => getLogContext()?.job);
    const seen = { id: request.headers['x-request-id'], now: currentRequestId(), inner };
    response.statusCode = 201;
    response.end(JSON.stringify({ ...seen, ...getLogContext() }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

it('keeps what is known of each of many requests apart', async () => {
  const ask = async (number: number) => {
    const headers = { actor: `actor-${number}`, 'x-request-id': 'chosen by the client' };
    const answer = await fetch(`${url}/a/${companyId}`, { headers });
    return (await answer.json()) as Record<string, string>;
  };
  const answers = await Promise.all(Array.from({ length: 50 }, (_, number) => ask(number)));
  const ids = new Set(answers.map(({ requestId }) => requestId));
  expect(ids.size).toBe(50);
  for (const [number, answer] of answers.entries()) {
    expect(answer).toMatchObject({ actorId: `actor-${number}`, companyId, inner: 'x' });
    expect(answer.id).toBe(answer.requestId);
    expect(answer.now).toBe(answer.requestId);
    expect(answer.job).toBeUndefined();
  }
});

it('counts answers by route, and notices when nobody waited for one', async () => {
  const { httpOpen, httpRequests } = getMetrics();
  httpRequests.reset();
  await fetch(`${url}/`, { method: 'PROPFIND' }).then((answer) => answer.text());
  const arrived = once(server, 'request');
  const broken = get(`${url}/a/not-a-uuid`, () => {});
  broken.on('error', () => {});
  await arrived;
  broken.destroy();
  const counted = async () =>
    (await httpRequests.get()).values.map(({ labels, value }) => ({ ...labels, value }));
  // The server learns of the broken one later than of nothing at all.
  await expect
    .poll(counted, { timeout: 5000 })
    .toEqual(
      expect.arrayContaining([
        { route: 'unknown', method: 'other', status: 201, value: 1 },
        expect.objectContaining({ route: '/a/[companyId]', method: 'GET', value: 1 }),
      ]),
    );
  await expect.poll(async () => (await httpOpen.get()).values[0]?.value).toBe(0);
});
