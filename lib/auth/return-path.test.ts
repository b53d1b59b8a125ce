import { expect, it } from 'vitest';
import { safeReturnPath, withoutOrigin } from './return-path';

it.each([
  ['/connections', '/connections'],
  ['/link/return?state=a&statusCode=200', '/link/return?state=a&statusCode=200'],
  ['//evil.example', '/home'],
  ['/\\evil.example', '/home'],
  ['\\\\evil.example', '/home'],
  ['https://evil.example/connections', '/home'],
  ['javascript:alert(1)', '/home'],
  ['/\t/evil.example', '/home'],
  ['/\n//evil.example', '/home'],
  ['/a/..//evil.example', '/home'],
  ['/.//evil.example', '/home'],
  ['connections', '/home'],
  ['', '/home'],
  [undefined, '/home'],
])('makes of %j the path %s', (candidate, wanted) => {
  expect(safeReturnPath(candidate, '/home')).toBe(wanted);
});

it.each([
  ['https://us.example/connections?a=1', '/connections?a=1'],
  ['https://us.example//evil.example', '/home'],
  ['https://us.example.evil.example/', '/home'],
  ['https://us.example@evil.example/', '/home'],
])('makes of %j on https://us.example the path %s', (candidate, wanted) => {
  expect(safeReturnPath(withoutOrigin(candidate, 'https://us.example'), '/home')).toBe(wanted);
});
