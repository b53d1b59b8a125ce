import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import {
  deliver,
  deliverEndless,
  eventBody,
  newWebhookId,
  nowSeconds,
  sign,
  signingSecret,
} from './fixtures/signed-delivery';
import { test } from './fixtures/test';

const oneMebibyte = 1024 * 1024;

test.describe('taken with 204', () => {
  test('a new event about a company is stored once and processed', async ({
    person,
    codat,
    database,
  }) => {
    const company = await codat.findCompany(person.businessName);
    const id = newWebhookId();
    const body = eventBody('company.created', { id: company.id, name: company.name });
    expect(await deliver({ id, body })).toBe(204);
    await expect
      .poll(() => database.findEvent(id))
      .toEqual({
        states: ['processed'],
        deliveries: 1,
      });
  });

  test('a webhook-id seen before stays one row, also when it comes at the same moment', async ({
    database,
  }) => {
    const id = newWebhookId();
    const body = eventBody('client.rateLimit.reset', { dailyQuota: 12000, quotaRemaining: 12000 });
    const together = await Promise.all([1, 2, 3, 4, 5].map(() => deliver({ id, body })));
    expect(together).toEqual([204, 204, 204, 204, 204]);
    // The id alone decides: what else came under it does not matter.
    expect(await deliver({ id, body: eventBody('invoices.write.successful') })).toBe(204);
    await expect
      .poll(() => database.findEvent(id))
      .toEqual({
        states: ['processed'],
        deliveries: 6,
      });
  });

  test('an unknown event type is marked ignored', async ({ database }) => {
    const id = newWebhookId();
    expect(await deliver({ id, body: eventBody('invoices.write.successful') })).toBe(204);
    await expect.poll(async () => (await database.findEvent(id)).states).toEqual(['ignored']);
  });

  test('an unknown company is marked unmatched', async ({ database }) => {
    const id = newWebhookId();
    const body = eventBody('connection.connected', { referenceCompany: { id: randomUUID() } });
    expect(await deliver({ id, body })).toBe(204);
    await expect.poll(async () => (await database.findEvent(id)).states).toEqual(['unmatched']);
  });

  test('the field of the type may be called `type`', async ({ database }) => {
    const id = newWebhookId();
    const body = eventBody('client.rateLimit.reached').replace('"eventType"', '"type"');
    expect(await deliver({ id, body })).toBe(204);
    await expect.poll(async () => (await database.findEvent(id)).states).toEqual(['processed']);
  });

  test('a signature of the standard library', async () => {
    const id = newWebhookId();
    const body = eventBody('client.rateLimit.reset');
    const signature = new Webhook(signingSecret()).sign(id, new Date(), body);
    expect(await deliver({ id, body, signature })).toBe(204);
  });

  test('several signatures of which one is right', async () => {
    const id = newWebhookId();
    const body = eventBody('client.rateLimit.reset');
    const timestamp = nowSeconds();
    const right = sign(id, timestamp, body);
    const wrong = sign(id, timestamp, `${body} `);
    const signature = `v1a,${right.slice(3)} ${wrong} v1, ${right}`;
    expect(await deliver({ id, body, timestamp, signature })).toBe(204);
  });

  for (const offset of [-290, 290]) {
    test(`a timestamp ${offset} s away`, async () => {
      const timestamp = nowSeconds() + offset;
      expect(await deliver({ timestamp, body: eventBody('client.rateLimit.reset') })).toBe(204);
    });
  }

  test('a body of exactly 1 MiB', async () => {
    const frame = eventBody('client.rateLimit.reset', { padding: '' });
    const padding = 'x'.repeat(oneMebibyte - frame.length);
    const body = frame.replace('"padding":""', `"padding":"${padding}"`);
    expect(Buffer.byteLength(body)).toBe(oneMebibyte);
    expect(await deliver({ body })).toBe(204);
  });
});

test.describe('refused with 401, and nothing stored', () => {
  const body = eventBody('client.rateLimit.reset');
  const otherSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  type Forge = (id: string, timestamp: number) => string | null;
  const forged: Record<string, Forge> = {
    'no signature': () => null,
    'an empty signature': () => '',
    'a signature of nothing': () => 'v1,',
    'a bare version': () => 'v1',
    'another secret': (id, timestamp) => sign(id, timestamp, body, otherSecret),
    'another body': (id, timestamp) => sign(id, timestamp, `${body} `),
    'another id': (_, timestamp) => sign('msg_other', timestamp, body),
    'another time': (id, timestamp) => sign(id, timestamp - 1, body),
    'no version': (id, timestamp) => sign(id, timestamp, body).slice('v1,'.length),
    'only an unknown version': (id, timestamp) => sign(id, timestamp, body).replace('v1,', 'v1a,'),
    'a truncated signature': (id, timestamp) => sign(id, timestamp, body).slice(0, -8),
    'what is not base64': () => 'v1,!!!not-base64!!!',
  };
  for (const [name, forge] of Object.entries(forged)) {
    test(name, async ({ database }) => {
      const id = newWebhookId();
      const timestamp = nowSeconds();
      const signature = forge(id, timestamp);
      expect(await deliver({ id, timestamp, body, signature })).toBe(401);
      expect(await database.findEvent(id)).toEqual({ states: [], deliveries: 0 });
    });
  }

  const times: Record<string, () => string> = {
    '310 s ago': () => String(nowSeconds() - 310),
    '310 s ahead': () => String(nowSeconds() + 310),
    'with a fraction': () => `${nowSeconds()}.0`,
    'with a sign': () => `+${nowSeconds()}`,
    'in milliseconds': () => String(Date.now()),
    'as ISO date': () => new Date().toISOString(),
    'in exponent form': () => `${(nowSeconds() / 1e9).toFixed(9)}e9`,
    'with letters behind': () => `${nowSeconds()}s`,
    'in hexadecimal': () => `0x${nowSeconds().toString(16)}`,
    empty: () => '',
  };
  for (const [name, make] of Object.entries(times)) {
    test(`a timestamp ${name}, correctly signed`, async ({ database }) => {
      const id = newWebhookId();
      expect(await deliver({ id, timestamp: make(), body })).toBe(401);
      expect(await database.findEvent(id)).toEqual({ states: [], deliveries: 0 });
    });
  }
});

test.describe('refused with 400, and nothing stored', () => {
  const bodies: Record<string, string | Buffer> = {
    'an empty body': '',
    'what is not JSON': 'eventType=connection.created',
    'JSON that is cut off': eventBody('connection.created').slice(0, -1),
    'JSON that is no object': '["connection.created"]',
    'no event type': JSON.stringify({ id: randomUUID(), payload: {} }),
    'an event type that is no text': JSON.stringify({ id: randomUUID(), eventType: 7 }),
    // Signed over bytes: 400 says that the signature was found right before anything was decoded.
    'a byte that is not UTF-8': Buffer.from(
      eventBody('connection.created', { note: '\u00ff' }),
      'latin1',
    ),
  };
  for (const [name, body] of Object.entries(bodies)) {
    test(`${name}, correctly signed`, async ({ database }) => {
      const id = newWebhookId();
      expect(await deliver({ id, body })).toBe(400);
      expect(await database.findEvent(id)).toEqual({ states: [], deliveries: 0 });
    });
  }
});

test.describe('refused with 413 before it is read whole', () => {
  test('an announced length above 1 MiB, at once', async () => {
    const headers = { 'content-length': String(oneMebibyte + 1) };
    expect(await deliverEndless(headers, 0)).toBe(413);
  });

  test('a body of unannounced length, as soon as it passes 1 MiB', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    expect(await deliverEndless(headers, oneMebibyte + 1)).toBe(413);
  });
});
