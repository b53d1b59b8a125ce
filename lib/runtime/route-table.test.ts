import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadRouteTable } from './route-table';

const folder = mkdtempSync(join(tmpdir(), 'routes-'));
const file = join(folder, 'routes-manifest.json');
// As `next build` writes it.
writeFileSync(
  file,
  JSON.stringify({
    version: 3,
    staticRoutes: [
      { page: '/', regex: '^/(?:/)?$' },
      { page: '/account', regex: '' },
    ],
    dynamicRoutes: [
      { page: '/link/done/[linkSessionId]', regex: '^/link/done/([^/]+?)(?:/)?$' },
      { page: '/api/auth/[...nextauth]', regex: '^/api/auth/(.+?)(?:/)?$' },
    ],
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));
const routes = loadRouteTable(file);

it.each([
  ['/', '/'],
  ['/account', '/account'],
  ['/account/', '/account'],
  ['/account?token=secret', '/account'],
  ['/link/done/abc?x=/', '/link/done/[linkSessionId]'],
  ['/api/auth/callback/oidc', '/api/auth/[...nextauth]'],
  ['/_next/static/chunks/a.js', '/_next/static'],
  ['/wp-admin/setup.php', 'unknown'],
  ['//account', 'unknown'],
  ['http://elsewhere.test/account', 'unknown'],
  ['*', 'unknown'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('%s is %s', (url, route) => {
  expect(routes(url).route).toBe(route);
});

it('tells the parts of an address', () => {
  expect(routes('/link/done/abc').params).toEqual({ linkSessionId: 'abc' });
});

it('knows no route without a build', () => {
  expect(loadRouteTable(join(folder, 'none.json'))('/account').route).toBe('unknown');
});
