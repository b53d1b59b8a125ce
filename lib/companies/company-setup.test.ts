import { describe, expect, it } from 'vitest';
import { freshness } from './company-setup';

const hour = 60 * 60 * 1000;
const ago = (ms: number) => new Date(Date.now() - ms);

describe('what is known of a company', () => {
  const company = {
    codatCompanyId: 'c',
    codatDeletedAt: null,
    createdAt: ago(72 * hour),
    readAt: null,
    eventAt: null,
  };

  it.each([
    ['read an hour ago', { readAt: ago(hour) }, false],
    ['read two days ago', { readAt: ago(48 * hour) }, true],
    [
      'read two days ago, told of an hour ago',
      { readAt: ago(48 * hour), eventAt: ago(hour) },
      false,
    ],
    ['never read, though at Codat for three days', {}, true],
    ['never read, set up an hour ago', { createdAt: ago(hour) }, false],
    ['not at Codat yet, so that there is nothing to know', { codatCompanyId: null }, false],
    [
      'deleted at Codat, which is final',
      { readAt: ago(48 * hour), codatDeletedAt: ago(hour) },
      false,
    ],
  ])('%s', (_name, values, stale) => {
    expect(freshness({ ...company, ...values }).stale).toBe(stale);
  });

  it('is as old as the newest of read and event', () => {
    const [older, newer] = [ago(2 * hour), ago(hour)];
    expect(freshness({ ...company, readAt: newer, eventAt: older }).knownAt).toBe(
      newer.toISOString(),
    );
    expect(freshness(company).knownAt).toBeNull();
  });
});
