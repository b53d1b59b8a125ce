import { expect, it } from 'vitest';
import { carriesToken } from './answer-scrape';

const tokens = ['newest-token-0123456789', 'older-token-0123456789'];

it.each([
  ['Bearer newest-token-0123456789', true],
  ['bearer older-token-0123456789', true],
  [null, false],
  ['', false],
  ['Bearer ', false],
  ['newest-token-0123456789', false],
  ['Basic newest-token-0123456789', false],
  ['Bearer newest-token-012345678', false],
  ['Bearer newest-token-0123456789 x', false],
  ['Bearer undefined', false],
])('%s is let in: %s', (header, expected) => {
  expect(carriesToken(header, tokens)).toBe(expected);
  expect(carriesToken(header, [])).toBe(false);
});
