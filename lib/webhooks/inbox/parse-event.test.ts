import { describe, expect, it } from 'vitest';
import { parseEvent } from './parse-event';

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('parseEvent', () => {
  it.each([
    ['not JSON', Buffer.from('nonsense')],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['an array', bytes([])],
    ['a number', bytes(5)],
    ['an object without a type', bytes({ id: '1', payload: {} })],
    ['a type that is not a text', bytes({ eventType: 7 })],
  ])('refuses %s', (_name, body) => {
    expect(parseEvent(body)).toBeNull();
  });

  it('reads the envelope, also under the other name of its type', () => {
    const payload = { referenceCompany: { id: 'c1' } };
    const generatedDate = '2024-08-08T17:10:34.0151234Z';
    const event = parseEvent(
      bytes({ id: 'e1', type: 'connection.created', generatedDate, payload }),
    );
    expect(event).toMatchObject({
      eventType: 'connection.created',
      eventId: 'e1',
      codatCompanyId: 'c1',
    });
    expect(event?.generatedAt?.toISOString()).toBe('2024-08-08T17:10:34.015Z');
  });

  it('takes a company event by its own id, and survives nulls', () => {
    expect(
      parseEvent(bytes({ eventType: 'company.deleted', payload: { id: 'c2' } }))?.codatCompanyId,
    ).toBe('c2');
    const odd = parseEvent(
      bytes({ eventType: 'x.y', id: null, generatedDate: null, payload: null }),
    );
    expect(odd).toMatchObject({ eventId: null, generatedAt: null, codatCompanyId: null });
  });

  it('keeps no Link URL and no one-time password, wherever they stand', () => {
    const event = parseEvent(
      bytes({
        eventType: 'connection.created',
        payload: {
          redirect: 'https://link.codat.io/company/1?link.otp=SECRET1',
          connection: { linkUrl: 'https://link-api.codat.io/x/start?otp=SECRET2', id: '1' },
          note: 'see https://link.codat.io/company/1?a=b&link.otp=SECRET3 now',
        },
      }),
    );
    expect(JSON.stringify(event?.body)).not.toMatch(/SECRET\d|linkUrl|redirect/);
    expect(event?.body).toMatchObject({ payload: { connection: { id: '1' } } });
  });

  it('drops what PostgreSQL cannot store, anywhere in the payload', () => {
    const event = parseEvent(
      bytes({
        eventType: 'a\u0000b',
        id: '\u0000',
        generatedDate: '+275760-09-13T00:00:00Z',
        payload: { referenceCompany: { id: 'c\u00001' }, 'k\u0000': 'a\u0000b', half: 'x\ud800' },
      }),
    );
    expect(event).toMatchObject({ eventType: 'ab', generatedAt: null, codatCompanyId: 'c1' });
    expect(event?.body).toMatchObject({ payload: { k: 'ab', half: 'x\ufffd' } });
    expect(parseEvent(bytes({ eventType: '\u0000' }))).toBeNull();
  });

  it('bears what is nested beyond reason', () => {
    const deep = `{"eventType":"a","payload":${'{"a":'.repeat(8000)}1${'}'.repeat(8000)}}`;
    const event = parseEvent(Buffer.from(deep));
    expect(event?.eventType).toBe('a');
    expect(JSON.stringify(event?.body).length).toBeLessThan(1000);
  });
});
