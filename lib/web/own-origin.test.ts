import { expect, it } from 'vitest';
import type { Exchange } from '@/lib/runtime/http';
import { isOwnOrigin, tellHost } from './own-origin';

const app = 'https://connect.example.com';

it.each([
  ['https://connect.example.com', 'same-origin', app, true],
  ['https://connect.example.com', null, app, true],
  [null, null, app, true],
  [null, 'cross-site', app, false],
  ['null', null, app, false],
  ['https://evil.example', null, app, false],
  ['http://connect.example.com', null, app, false],
  ['https://connect.example.com:8443', null, app, false],
  ['https://connect.example.com.evil.example', null, app, false],
  ['https://sub.connect.example.com', 'same-site', app, false],
  ['nonsense', null, app, false],
  ['http://127.0.0.1:3000', 'same-origin', 'http://localhost:3000', true],
  ['http://127.0.0.1:3001', 'same-site', 'http://localhost:3000', false],
  ['http://127.0.0.1', null, app, false],
] as const)('origin %s, site %s, at %s: %s', (origin, fetchSite, appUrl, own) => {
  expect(isOwnOrigin(origin, fetchSite, appUrl)).toBe(own);
});

it.each([
  ['our own address', { origin: app }, 'connect.example.com'],
  ['whatever a client says', { origin: app, 'x-forwarded-host': 'evil' }, 'connect.example.com'],
  [
    'another address of the portal',
    { origin: 'https://portal.intern', 'sec-fetch-site': 'same-origin' },
    'portal.intern',
  ],
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, undefined],
  ['another site, by an old browser', { origin: 'https://evil.example' }, undefined],
  ['a sibling', { origin: 'https://x.example.com', 'sec-fetch-site': 'same-site' }, undefined],
  ['nothing of use', { origin: 'null', 'sec-fetch-site': 'same-origin' }, undefined],
  ['no form', {}, undefined],
])('tells Next.js the host of a form from %s', (_what, sent, wanted) => {
  const headers: Record<string, string> = { host: '127.0.0.1:3000', ...sent };
  tellHost(app)({ request: { headers } } as unknown as Exchange);
  expect(headers['x-forwarded-host']).toBe(wanted);
});
