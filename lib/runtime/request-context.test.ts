import { expect, it } from 'vitest';
import { clientAddress } from './request-context';

it.each([
  ['1.1.1.1', 0, null],
  [null, 1, null],
  ['1.1.1.1', 1, '1.1.1.1'],
  ['forged, 1.1.1.1', 1, '1.1.1.1'],
  ['forged, 1.1.1.1, 10.0.0.1', 2, '1.1.1.1'],
  ['1.1.1.1', 3, null],
  ['1.1.1.1:4711', 1, '1.1.1.1'],
  ['forged, [2001:db8::5]:443', 1, '2001:db8::5'],
  ['unknown', 1, null],
  ['1.1.1.1,', 1, null],
])('takes from %j behind %i proxies the address %s', (header, hops, wanted) => {
  expect(clientAddress(header, hops)).toBe(wanted);
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['127.0.0.1', null],
  ['::ffff:10.1.2.3', null],
  ['fe80::1%eth0', null],
  ['fd00::1', null],
  ['rubbish', null],
  [null, null],
])('behind no proxy makes of the peer %j the address %s', (peer, wanted) => {
  expect(clientAddress('forged', 0, peer)).toBe(wanted);
});
