import { expect, it } from 'vitest';
import { isOwnOrigin } from './own-origin';

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
