import http, { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readProxy } from '@/env-values';
import { applyOutgoingProxy } from './outgoing-proxy';

let proxy: Server;
let target: Server;
const asked: string[] = [];
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  target = createServer((_request, response) => response.end('an answer'));
  proxy = createServer((request, response) => {
    asked.push(`${request.url}`);
    response.end('an answer');
  });
  proxy.on('connect', ({ url }, near) => {
    asked.push(`tunnel ${url}`);
    const far = connect(portOf(target), '127.0.0.1', () => near.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const socket of [near, far]) socket.on('error', () => {});
    near.pipe(far).pipe(near);
  });
  for (const server of [proxy, target]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
});
afterAll(() => {
  vi.unstubAllEnvs();
  http.setGlobalProxyFromEnv({ NODE_ENV: 'test' });
  for (const server of [proxy, target]) {
    server.closeAllConnections();
    server.close();
  }
});

const textOf = async (url: string) => (await fetch(url)).text();

it('sends what leaves this machine through the proxy, and nothing else', async () => {
  const address = `127.0.0.1:${portOf(proxy)}`;
  vi.stubEnv('https_proxy', undefined);
  vi.stubEnv('HTTPS_PROXY', address);
  vi.stubEnv('http_proxy', `http://${address}`);
  vi.stubEnv('NO_PROXY', 'intern.invalid');
  // The launcher has its own for what it starts, and lower case goes first.
  vi.stubEnv('no_proxy', undefined);
  expect(applyOutgoingProxy()).toBe(true);

  expect(await textOf('http://codat.invalid/companies')).toBe('an answer');
  // There is no TLS at the end of the tunnel.
  await expect(fetch('https://api.codat.invalid/')).rejects.toThrow();
  await new Promise<void>((resolve) => {
    http.get('http://login.invalid/', (answer) => answer.resume().on('end', resolve));
  });
  expect(asked).toEqual([
    'tunnel codat.invalid:80',
    'tunnel api.codat.invalid:443',
    expect.stringContaining('login.invalid'),
  ]);

  expect(await textOf(`http://127.0.0.1:${portOf(target)}/`)).toBe('an answer');
  await expect(fetch('http://intern.invalid/')).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) },
  });
  expect(asked).toHaveLength(3);
});

it('reads the environment as other programs do', () => {
  expect(readProxy({})).toBeNull();
  expect(readProxy({ NO_PROXY: 'x' })).toBeNull();
  expect(readProxy({ HTTPS_PROXY: 'proxy:3128', https_proxy: ' https://other:1 \n' })).toEqual({
    https_proxy: 'https://other:1',
    no_proxy: 'localhost,127.0.0.1,::1',
  });
  expect(readProxy({ HTTP_PROXY: 'proxy:3128', NO_PROXY: '.corp' })).toEqual({
    http_proxy: 'http://proxy:3128',
    no_proxy: '.corp,localhost,127.0.0.1,::1',
  });
});
