import { expect, it } from 'vitest';
import { clientAddress } from './request-context';

it.each([
  ['1.1.1.1', 0, null],
  [null, 1, null],
  ['1.1.1.1', 1, '1.1.1.1'],
  ['forged, 1.1.1.1', 1, '1.1.1.1'],
  ['forged, 1.1.1.1, 10.0.0.1', 2, '1.1.1.1'],
  ['1.1.1.1', 3, null],
])('takes from %j behind %i proxies the address %s', (header, hops, wanted) => {
  expect(clientAddress(header, hops)).toBe(wanted);
});
