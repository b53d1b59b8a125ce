import { describe, expect, it } from 'vitest';
import type { CompanySetup } from '@/lib/companies/types';
import { mayStillCome, outcomeKind } from './outcome-kind';
import type { LinkOutcomeKind } from './schemas';

const codes = ['200', '201', '403', '500', '501', '418', null];
const setups: CompanySetup[] = ['ready', 'deleted', 'blocked', 'provisioning'];
const statuses = [
  'PendingAuth',
  'Linked',
  'stopped',
  'Deauthorized',
  'Unlinked',
  'SomethingNew',
  null,
];

const everyWay = codes.flatMap((statusCode) =>
  setups.flatMap((setup) =>
    statuses.flatMap((status) =>
      [true, false].map((mayCome) => ({ statusCode, setup, status, mayCome })),
    ),
  ),
);

/** What the page with this heading claims of the connection that the visit was about. */
const claims: Record<LinkOutcomeKind, 'works' | 'does not work' | 'nothing'> = {
  connected: 'works',
  connectedAnyway: 'works',
  stillConnected: 'works',
  unsupported: 'does not work',
  failed: 'does not work',
  unconfirmed: 'does not work',
  // The word that lists show.
  listed: 'nothing',
  signedIn: 'nothing',
  cancelled: 'nothing',
  unchanged: 'nothing',
  unknown: 'nothing',
  closed: 'nothing',
};

describe('outcomeKind', () => {
  it.each(everyWay)('$statusCode, $setup, $status, may come: $mayCome', (way) => {
    const kind = outcomeKind(way);
    const works = way.setup === 'ready' && way.status === 'Linked';
    if (claims[kind] === 'works') expect(works).toBe(true);
    if (claims[kind] === 'does not work') expect(works).toBe(false);
    // Nobody waits for what cannot come.
    if (kind === 'unconfirmed') {
      expect(way).toMatchObject({ statusCode: '200', setup: 'ready', mayCome: true });
    }
    expect(kind === 'closed').toBe(way.setup !== 'ready');
    // A status is only named where there is a connection.
    if (['listed', 'signedIn', 'stillConnected', 'connectedAnyway'].includes(kind)) {
      expect(way.status).not.toBeNull();
    }
  });

  it.each([
    ['200', 'unconfirmed'],
    ['201', 'unchanged'],
    ['403', 'cancelled'],
    ['501', 'unsupported'],
    ['500', 'failed'],
    ['418', 'failed'],
    [null, 'unknown'],
  ] as const)('takes %s for %s where no connection is known', (statusCode, kind) => {
    expect(outcomeKind({ statusCode, setup: 'ready', status: null, mayCome: true })).toBe(kind);
  });
});

describe('mayStillCome', () => {
  const back = new Date('2026-01-02T03:04:05Z');
  const later = (seconds: number) => new Date(back.getTime() + seconds * 1000);

  it('is for a short time, and until the connection changes', () => {
    expect(mayStillCome(back, null, later(30))).toBe(true);
    expect(mayStillCome(back, later(-60).toISOString(), later(30))).toBe(true);
    expect(mayStillCome(back, later(10).toISOString(), later(30))).toBe(false);
    expect(mayStillCome(back, null, later(200))).toBe(false);
  });
});
