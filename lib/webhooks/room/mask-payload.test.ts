import { describe, expect, it } from 'vitest';
import { maskPayload } from './mask-payload';

const company = '0498e921-9b53-4396-a412-4f2f5983b0a2';

function payloadWith(payload: unknown) {
  return (maskPayload({ eventType: 'connection.failed', payload }) as { payload: unknown }).payload;
}

/** A text where support is shown what it says. */
function message(errorMessage: string): unknown {
  const masked = payloadWith({ connection: { dataConnectionErrors: [{ errorMessage }] } }) as {
    connection: { dataConnectionErrors: { errorMessage: string }[] };
  };
  return masked.connection.dataConnectionErrors[0]?.errorMessage;
}

describe('maskPayload', () => {
  it('shows all of an ordinary event of a connection', () => {
    const event = {
      id: 'ba29118f-5406-4e59-b05c-ba307ca38d01',
      eventType: 'connection.failed',
      generatedDate: '2024-08-08T17:10:34.015Z',
      payload: {
        referenceCompany: {
          id: company,
          name: '335a086e-8563-4b03-94e3-39544225ecb6',
          description: 'Bank of Dave',
          links: { portal: `https://app.codat.io/companies/${company}/summary` },
          tags: { customerRegion: 'us', uid: '335a086e-8563-4b03-94e3-39544225ecb6' },
        },
        connection: {
          id: 'ee2eb431-c0fa-4dc9-93fa-d29781c12bcd',
          integrationKey: 'dfxm',
          platformName: 'Basiq',
          status: 'PendingAuth',
          created: '2022-10-27T09:53:29Z',
          lastSync: '2022-10-27T10:22:43.6464237Z',
          sourceType: 'Banking',
          dataConnectionErrors: [
            { statusCode: '403', statusText: 'User cancelled linking', status: 'Active' },
          ],
        },
      },
    };
    expect(maskPayload(event)).toEqual(event);
    expect(payloadWith({ dailyQuota: 12000, quotaRemaining: 0 })).toEqual({
      dailyQuota: 12000,
      quotaRemaining: 0,
    });
  });

  it('masks what it does not know, whatever it is called', () => {
    expect(
      payloadWith({
        connection: { credentials: 'hunter2', apiKey: 'abc', nested: { name: 'Jane Doe' } },
        record: { id: company, total: 1234.5, supplier: { name: 'Acme', paid: true } },
        sourceAccount: { accountNumber: '12345678', balance: 99, currency: 'GBP' },
      }),
    ).toEqual({
      connection: {
        credentials: '[masked text, 7 characters]',
        apiKey: '[masked text, 3 characters]',
        nested: { name: '[masked text, 8 characters]' },
      },
      record: {
        id: company,
        total: '[masked number]',
        supplier: { name: '[masked text, 4 characters]', paid: true },
      },
      sourceAccount: {
        accountNumber: '[masked text, 8 characters]',
        balance: '[masked number]',
        currency: '[masked text, 3 characters]',
      },
    });
  });

  it('masks within what it shows', () => {
    const masked: Record<string, string> = {
      'call https://x.test/a/b?token=s3cret#frag now': 'call https://x.test/a/b?[masked] now',
      'see https://ann:pw@x.test/a': 'see https://[masked]@x.test/a',
      'Authorization: Bearer abcdef123456 refused': 'Authorization: [masked] [masked] refused',
      'password=hunter2 is wrong': 'password=[masked] is wrong',
      'ann.lee+x@mail.example.co.uk is unknown': '[masked email] is unknown',
      'call +44 (0)20 7946 0958 please': 'call [masked number] please',
      'account 12345678901 is closed': 'account [masked number] is closed',
      'key whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw leaked': 'key [masked] leaked',
      'jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc here': 'jwt [masked] here',
      'hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b here': 'hash [masked] here',
    };
    for (const [text, wanted] of Object.entries(masked)) {
      expect(message(text)).not.toMatch(/s3cret|frag|pw|abcdef1|hunter2|ann\.lee|7946|123456|eyJ/);
      if (!text.startsWith('Authorization')) expect(message(text)).toBe(wanted);
    }
  });

  it('leaves what only looks like a secret', () => {
    for (const text of [
      'The integration de-authorized access to the connection.',
      `No company ${company} at 2024-08-08T17:10:34.015Z (error 10-403)`,
      'Sage 200 version 2026.1.2',
    ]) {
      expect(message(text)).toBe(text);
    }
  });

  it('bounds what is shown of a huge one', () => {
    const many = { dataTypes: Array.from({ length: 500 }, () => ({ dataType: 'invoices' })) };
    const { dataTypes } = payloadWith(many) as { dataTypes: unknown[] };
    expect(dataTypes).toHaveLength(51);
    expect(dataTypes.at(-1)).toBe('[450 more]');
    let deep: unknown = Array.from({ length: 50 }, () => 'x');
    for (let i = 0; i < 3; i += 1) deep = Array.from({ length: 50 }, () => deep);
    expect(JSON.stringify(payloadWith({ dataTypes: deep })).length).toBeLessThan(100_000);
    expect(String(message('word '.repeat(5000))).length).toBeLessThan(1100);
    expect(Object.keys(payloadWith({ tags: { ['x'.repeat(100)]: 'y' } }) as object)).toEqual([
      'tags',
    ]);
    expect(payloadWith({ tags: { ['<x>'.repeat(50)]: 'y' } })).toEqual({
      tags: { '[masked name]': 'y' },
    });
  });
});
