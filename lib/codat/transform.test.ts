import { describe, expect, it } from 'vitest';
import { toCompanySnapshot, toConnectionSnapshot, toDate } from './transform';

const connection = {
  id: 'k1',
  integrationId: 'i1',
  integrationKey: 'gbol',
  sourceId: 's1',
  platformName: 'Xero',
  linkUrl: 'https://link-api.codat.io/companies/c1/connections/k1/start?otp=742271',
  status: 'Linked',
  created: '2022-10-27T09:53:29Z',
  lastSync: '2022-10-27T10:22:43.6464237Z',
  sourceType: 'Accounting',
};

describe('toDate', () => {
  it.each([
    ['2022-10-27T10:22:43.6464237Z', '2022-10-27T10:22:43.646Z'],
    ['2022-10-27T10:22:43', '2022-10-27T10:22:43.000Z'],
    ['2022-10-27T12:22:43+02:00', '2022-10-27T10:22:43.000Z'],
  ])('reads %s', (text, iso) => {
    expect(toDate(text)?.toISOString()).toBe(iso);
  });

  it.each(['garbage', '2024-09-01T23:59:99Z', null, 5, undefined])(
    'makes nothing of %s',
    (value) => {
      expect(toDate(value)).toBeNull();
    },
  );

  it.each([
    '0001-01-01T00:00:00',
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00.0000000+00:00',
    '0099-12-31T00:00:00Z',
    '1601-01-01T00:00:00Z',
    '1753-01-01T00:00:00',
    '1899-12-30T00:00:00',
    '1970-01-01T00:00:00',
    '1999-12-31T23:59:59.999Z',
  ])('takes %s for never', (never) => {
    expect(toDate(never)).toBeNull();
    const error = { statusCode: '401', erroredOnUtc: never, status: 'Active' };
    const dated = { ...connection, created: never, lastSync: never, dataConnectionErrors: [error] };
    expect(toConnectionSnapshot(dated)).toMatchObject({
      ...{ createdAt: null, lastSyncAt: null, errors: [{ at: null }] },
    });
  });
});

describe('toConnectionSnapshot', () => {
  it('keeps unknown statuses as they are and tolerates nulls and unknown fields', () => {
    const odd = { ...connection, status: 'Paused', lastSync: null, integrationKey: null, extra: 1 };
    expect(toConnectionSnapshot(odd)).toMatchObject({
      status: 'Paused',
      lastSyncAt: null,
      platformKey: null,
    });
  });

  it('holds no Link URL', () => {
    expect(JSON.stringify(toConnectionSnapshot(connection))).not.toContain('otp');
  });

  it('reads errors with odd members', () => {
    const errors = [
      { statusCode: 403, errorMessage: 'User cancelled', erroredOnUtc: 'soon' },
      'odd',
    ];
    const snapshot = toConnectionSnapshot({ ...connection, dataConnectionErrors: errors });
    expect(snapshot?.errors).toEqual([
      { statusCode: '403', statusText: null, message: 'User cancelled', at: null, state: null },
    ]);
  });
});

describe('toCompanySnapshot', () => {
  const company = {
    id: 'c1',
    name: 'n',
    redirect: 'https://link.codat.io/company/c1',
    tags: { uid: 'u' },
  };

  it('is complete when every connection could be read', () => {
    const answer = toCompanySnapshot({ ...company, dataConnections: [connection] });
    expect(answer?.snapshot).toMatchObject({ uid: 'u', complete: true });
    expect(answer?.links.byConnection.get('k1')).toBe(connection.linkUrl);
  });

  it('leaves one odd item out, keeps the rest, and is then not complete', () => {
    const answer = toCompanySnapshot({
      ...company,
      dataConnections: [null, { id: 5 }, connection],
    });
    expect(answer?.snapshot.connections).toHaveLength(1);
    expect(answer?.snapshot.complete).toBe(false);
  });

  it('is not complete when the list itself is missing', () => {
    expect(toCompanySnapshot({ ...company, dataConnections: null })?.snapshot.complete).toBe(false);
    expect(toCompanySnapshot(company)?.snapshot.complete).toBe(false);
  });

  it('reads tags as they are, and knows when it had to leave one out', () => {
    const read = (tags: unknown) => toCompanySnapshot({ ...company, tags })?.snapshot;
    const crm = 'https://crm.example.com/companies/4711';
    expect(read({ uid: 'u', crm })).toMatchObject({ tags: { uid: 'u', crm }, tagsComplete: true });
    for (const none of [null, undefined]) {
      expect(read(none)).toMatchObject({ tags: {}, tagsComplete: true, uid: null });
    }
    expect(toCompanySnapshot({ id: 'c1' })?.snapshot.tags).toEqual({});
    const link = 'https://link.codat.io/company/1126743b-113d-4d72-b14f-36d6742df487';
    for (const odd of [5, null, {}, link, 'x'.repeat(301)]) {
      expect(read({ uid: 'u', odd })).toMatchObject({ tags: { uid: 'u' }, tagsComplete: false });
    }
    expect(read(['a'])).toMatchObject({ tags: {}, tagsComplete: false });
  });

  it('needs nothing but an id', () => {
    expect(toCompanySnapshot({ id: 'c1' })?.snapshot).toMatchObject({ tags: {}, uid: null });
  });

  it('is nothing without an id', () => {
    expect(toCompanySnapshot({ name: 'n' })).toBeNull();
    expect(toCompanySnapshot('<html>')).toBeNull();
  });
});
