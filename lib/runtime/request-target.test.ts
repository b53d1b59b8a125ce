import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { onEachRequest } from './http';
import { readableTarget, repairTarget } from './request-target';

it.each([
  ['/connections/%ff', '/connections/%25ff'],
  ['/connections/%', '/connections/%25'],
  ['/connections/%E0%A4%A/disconnect?a=%ff', '/connections/%25E0%25A4%25A/disconnect?a=%ff'],
  ['/admin/companies/%c0%af', '/admin/companies/%25c0%25af'],
  ['http://elsewhere.example/connections?q=1', '/connections?q=1'],
  ['http://elsewhere.example', '/'],
  ['http://elsewhere.example?q=%', '/?q=%'],
  ['*', '/*'],
])('%s is read as %s', (target, path) => {
  expect(readableTarget(target)).toBe(path);
  for (const part of path.split('?')[0]?.split('/') ?? []) decodeURIComponent(part);
});

it.each([
  '/',
  '/connections/%C3%BC',
  '/connections/a%2Fb?q=%ff',
  '//elsewhere.example/x',
  '/_next/static/chunks/%5Broot%5D.js',
  '/sign-in?callbackUrl=http://elsewhere.example/%25',
])('%s is left as it is', (target) => {
  expect(readableTarget(target)).toBe(target);
});

it('is done before a server sees the request', async () => {
  onEachRequest([repairTarget]);
  const server = createServer((request, response) => response.end(request.url));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/connections/%ff?x=%ff`);
  expect(await answer.text()).toBe('/connections/%25ff?x=%ff');
  server.close();
});
