import { describe, expect, it } from 'vitest';
import { type HealthFacts, type HealthRules, judgeHealth } from './judge-health';

const now = new Date('2026-11-28T12:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;
const ago = (ms: number) => new Date(now.getTime() - ms);
const isoAgo = (ms: number) => ago(ms).toISOString();

/** Connected a year ago, read by schedule once a day, the last time an hour ago. */
const healthy: HealthFacts = {
  ...{ status: 'Linked', sourceType: 'Accounting', platformKey: 'gbol' },
  ...{ errors: [], readFailure: null, lastSyncAt: ago(hour), dataAt: ago(hour) },
  ...{ linkedAt: ago(365 * day), codatCreatedAt: ago(365 * day), firstKnownAt: ago(365 * day) },
  stoppedWhy: null,
};
const daily: HealthRules = {
  ...{ now, knownAt: now, clientHours: 24, companyHours: 24 },
  ...{ companyAskAgainAt: ago(-7 * day), bounds: {} },
};

const judge = (facts: Partial<HealthFacts>, rules: Partial<HealthRules> = {}) =>
  judgeHealth({ ...healthy, ...facts }, { ...daily, ...rules });
const why = (facts: Partial<HealthFacts>, rules: Partial<HealthRules> = {}) =>
  judge(facts, rules).stopped?.why ?? null;

const error = (change: Partial<HealthFacts['errors'][number]> = {}) => ({
  ...{ statusCode: '401', statusText: null, message: 'Refresh token expired' },
  ...{ at: isoAgo(40 * day), state: 'Active', ...change },
});
const old = { lastSyncAt: ago(45 * day), dataAt: null };

describe('an error at Codat', () => {
  it.each([
    ['of the sign-in', error(), 'sign_in'],
    ['of rights', error({ statusCode: '403', message: 'Forbidden' }), 'permission'],
    ['of the platform', error({ statusCode: '500' }), 'platform'],
    ['without a code', error({ statusCode: null }), 'platform'],
    ['without a date', error({ at: null }), 'sign_in'],
    ['without a state', error({ state: null }), 'sign_in'],
    ['that is resolved', error({ state: 'Resolved' }), null],
    ['of a cancelled sign-in', error({ statusCode: '403', message: 'User cancelled' }), null],
  ])('%s', (_name, one, reason) => {
    expect(why({ ...old, errors: [one] }, { clientHours: null })).toBe(reason);
  });

  it.each([
    ['a completed read after it', { dataAt: ago(39 * day), lastSyncAt: ago(39 * day) }, null],
    ['a completed read before it', { dataAt: ago(41 * day), lastSyncAt: ago(41 * day) }, 'sign_in'],
    ['a sync days after it', { lastSyncAt: ago(30 * day), dataAt: null }, null],
    ['a sync within the day', { lastSyncAt: ago(40 * day - hour), dataAt: null }, 'sign_in'],
    ['a completed read that Codat’s last sync denies', { ...old, dataAt: ago(hour) }, 'sign_in'],
  ])('with %s', (_name, facts, reason) => {
    expect(why({ errors: [error()], ...facts }, { clientHours: null })).toBe(reason);
  });

  it('of which Codat says nothing ends with a new sign-in', () => {
    const errors = [error({ state: 'Muted' })];
    expect(why({ ...old, errors, linkedAt: ago(day) }, { clientHours: null })).toBe(null);
    expect(why({ ...old, errors, linkedAt: ago(41 * day) }, { clientHours: null })).toBe('sign_in');
  });

  it('has stopped data since it last came', () => {
    expect(judge({ ...old, errors: [error()] }).stopped).toEqual({
      ...{ why: 'sign_in', since: ago(45 * day), becameAt: ago(40 * day) },
    });
  });
});

describe('a failed read', () => {
  const failure = (status: string, dataTypes = ['invoices', 'bills'], msAgo = hour) => ({
    readFailure: { at: isoAgo(msAgo), status, dataTypes },
  });
  const before = { lastSyncAt: ago(2 * hour), dataAt: ago(2 * hour) };

  it.each([
    ['AuthError', 'sign_in'],
    ['PermissionsError', 'permission'],
    ['FetchError', 'platform'],
    ['RateLimitError', 'platform'],
    ['MapError', 'reading'],
    ['ValidationError', 'reading'],
  ])('of all data types with %s', (status, reason) => {
    expect(why({ ...before, ...failure(status) })).toBe(reason);
  });

  it('of which one data type was completed is no stop', () => {
    for (const status of ['AuthError', 'FetchError']) {
      const both = { lastSyncAt: ago(hour), dataAt: ago(hour) };
      expect(why({ ...both, ...failure(status) })).toBe(null);
    }
  });

  it('of a single data type is one if nothing came for a day, or if the sign-in failed', () => {
    expect(why({ ...before, ...failure('FetchError', ['bills']) })).toBe(null);
    expect(why({ ...before, ...failure('AuthError', ['bills']) })).toBe('sign_in');
    const long = { lastSyncAt: ago(26 * hour), dataAt: ago(26 * hour) };
    expect(why({ ...long, ...failure('FetchError', ['bills']) })).toBe('platform');
    const never = { lastSyncAt: null, dataAt: null, linkedAt: ago(2 * hour) };
    expect(why({ ...never, ...failure('FetchError', ['bills']) })).toBe('platform');
  });

  it('is over with the next completed read, and with a new sign-in', () => {
    expect(why({ ...failure('AuthError', ['bills'], 2 * hour) })).toBe(null);
    const again = { ...before, linkedAt: ago(hour / 2) };
    expect(why({ ...again, ...failure('AuthError') })).toBe(null);
  });
});

describe('age', () => {
  it('is overdue after twice the longest interval and a day', () => {
    const at = (ms: number) => why({ lastSyncAt: ago(ms), dataAt: null });
    expect(at(3 * day - hour)).toBe(null);
    expect(at(3 * day + hour)).toBe('overdue');
    expect(judge({ lastSyncAt: ago(day), dataAt: null }).lookAt).toEqual(ago(-2 * day));
  });

  it.each([
    ['nothing is scheduled', { companyHours: 0 }],
    ['nothing is scheduled for any company', { clientHours: 0, companyHours: null }],
    ['the settings can’t be read', { clientHours: null, companyHours: null }],
  ])('is no fault when %s', (_name, rules) => {
    expect(judge(old, rules)).toEqual({ stopped: null, lookAt: null, ask: false });
  });

  it.each([
    ['QuickBooks Desktop', { platformKey: 'pqsw' }],
    ['a bank feed', { sourceType: 'BankFeed' }],
    ['expenses', { sourceType: 'Expense' }],
    ['an upload', { sourceType: 'Other' }],
    ['an unknown type', { sourceType: 'Payroll' }],
  ])('says nothing of %s, which Codat’s schedule doesn’t read', (_name, facts) => {
    expect(judge({ ...old, ...facts })).toEqual({ stopped: null, lookAt: null, ask: false });
    const bounds = { accounting: day, bankfeed: day, expense: day, other: day, payroll: day };
    expect(why({ ...old, ...facts }, { bounds })).toBe('overdue');
  });

  it('waits for first data until it was due', () => {
    const first = { lastSyncAt: null, dataAt: null, codatCreatedAt: ago(hour) };
    expect(judge({ ...first, linkedAt: ago(hour) })).toMatchObject({
      ...{ stopped: null, lookAt: ago(hour - 3 * day) },
    });
    const long = { ...first, linkedAt: ago(4 * day), codatCreatedAt: ago(4 * day) };
    expect(judge(long).stopped).toMatchObject({ why: 'overdue', since: ago(4 * day) });
  });

  it('waits again after a new sign-in, but not for a sync older than the connection', () => {
    expect(why({ ...old, linkedAt: ago(hour) })).toBe(null);
    expect(why({ ...old, linkedAt: ago(hour), codatCreatedAt: ago(day) })).toBe('overdue');
  });

  it('is judged only by what Codat was asked after it was due', () => {
    const late = judge(old, { knownAt: ago(43 * day) });
    expect(late).toMatchObject({ stopped: null, lookAt: ago(-hour / 2), ask: false });
    expect(why(old, { knownAt: null })).toBe(null);
    expect(why(old, { knownAt: ago(41 * day) })).toBe('overdue');
  });

  it('asks for the company’s own settings before it says so', () => {
    expect(judge(old, { companyHours: null })).toEqual({ stopped: null, lookAt: now, ask: true });
    // What is overdue already stays so until Codat has answered.
    const known = judge({ ...old, stoppedWhy: 'overdue' }, { companyHours: null });
    expect(known).toMatchObject({ stopped: { why: 'overdue' }, ask: true });
    expect(judge({}, { companyHours: null }).ask).toBe(false);
    expect(why(old, { companyHours: 31 * 24 })).toBe(null);
  });

  it('goes by the operator’s own bound where there is one', () => {
    const rules = { bounds: { accounting: 60 * day }, clientHours: 1, companyHours: 1 };
    expect(why(old, rules)).toBe(null);
    const unread = { bounds: { accounting: day }, clientHours: null, companyHours: null };
    expect(judge({ lastSyncAt: ago(2 * day), dataAt: null }, unread)).toMatchObject({
      ...{ stopped: { why: 'overdue' }, ask: false },
    });
  });
});

/** Every combination of what may be known: 4 × 3 × 4 × 4 × 4 × 2. */
describe('whatever is known', () => {
  const statuses = ['Linked', 'PendingAuth', 'Unlinked', 'Deauthorized'];
  const errors = [[], [error()], [error({ state: 'Resolved' })]];
  const failures = [
    null,
    ...['AuthError', 'FetchError', 'MapError'].map((status) => ({
      ...{ at: isoAgo(hour), status, dataTypes: ['a', 'b'] },
    })),
  ];
  const syncs = [null, ago(-day), ago(hour), ago(400 * day)];
  const hours = [null, 0, 1, 720];
  const all = statuses.flatMap((status) =>
    errors.flatMap((open) =>
      failures.flatMap((readFailure) =>
        syncs.flatMap((lastSyncAt) =>
          hours.flatMap((clientHours) =>
            [null, now].map((knownAt) => ({
              facts: { status, errors: open, readFailure, lastSyncAt, dataAt: null },
              rules: { clientHours, companyHours: clientHours, knownAt },
            })),
          ),
        ),
      ),
    ),
  );

  it.each(statuses)('keeps to this while %s', (chosen) => {
    for (const one of all.filter(({ facts }) => facts.status === chosen)) holds(one);
  });

  function holds(one: (typeof all)[number]) {
    const { stopped, lookAt } = judge(one.facts, one.rules);
    const { clientHours, knownAt } = one.rules;
    const { lastSyncAt, readFailure, status } = one.facts;
    if (status !== 'Linked') expect({ stopped, lookAt }).toEqual({ stopped: null, lookAt: null });
    if (stopped) {
      expect(stopped.since <= now).toBe(true);
      expect(stopped.becameAt <= now).toBe(true);
    }
    const isOpen = one.facts.errors.some(({ state }) => state === 'Active');
    const hasFault = readFailure !== null || isOpen;
    if (stopped?.why === 'overdue') {
      expect(hasFault && lastSyncAt === null).toBe(false);
      expect(clientHours && knownAt).toBeTruthy();
    }
    if (status === 'Linked' && hasFault && !lastSyncAt) expect(stopped).not.toBeNull();
    if (!hasFault && !clientHours) expect(stopped).toBeNull();
    if (lookAt) expect(stopped === null || stopped.why === 'overdue').toBe(true);
  }
});
