import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { onEachRequest } from './http';

it('does every step to a request, in order, before a server sees it', async () => {
  const stop = onEachRequest([
    ({ request }) => {
      request.url = `${request.url}a`;
    },
    ({ request }) => {
      request.url = `${request.url}b`;
    },
  ]);
  const server = createServer((request, response) => response.end(request.url));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = async () => (await fetch(`http://127.0.0.1:${port}/`)).text();
  expect(await ask()).toBe('/ab');
  stop();
  expect(await ask()).toBe('/');
  server.close();
});
