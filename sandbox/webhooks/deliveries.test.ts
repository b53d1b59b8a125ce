import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  startTestSandbox,
  TEST_SECRET,
  type TestSandbox,
} from '@/sandbox/testing/start-test-sandbox';
import { waitUntil } from '@/sandbox/testing/wait-until';
import {
  type Received,
  startWebhookReceiver,
  type WebhookReceiver,
} from '@/sandbox/testing/webhook-receiver';

let test: TestSandbox;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  test = await startTestSandbox({ SANDBOX_WEBHOOK_URL: receiver.url });
});
afterAll(async () => {
  await test.stop();
  await receiver.stop();
});
beforeEach(async () => {
  receiver.answerWith(204);
  await test.control('POST', '/reset');
  await test.control('PUT', '/settings', { initialReadDelayMs: 10 });
});
afterEach(() => {
  receiver.received.length = 0;
});

interface Delivery {
  webhookId: string;
  eventType: string;
  companyId: string;
  attempts: { at: string; status: number | null; error: string | null }[];
  state: string;
  nextAttemptAt: string | null;
}

const deliveries = async () =>
  (await test.control<{ results: Delivery[] }>('GET', '/deliveries')).json.results;
const firstDelivery = async () => (await deliveries())[0];
const count = (wanted: number) => waitUntil(() => receiver.received.length >= wanted);
const isSettled = () =>
  waitUntil(async () => (await deliveries()).every(({ state }) => state === 'Success'));

function verify({ headers, body }: Received, secret: string): void {
  const plain = {
    'webhook-id': String(headers['webhook-id']),
    'webhook-timestamp': String(headers['webhook-timestamp']),
    'webhook-signature': String(headers['webhook-signature']),
  };
  expect(new StandardWebhook(secret).verify(body, plain)).toMatchObject({});
  new SvixWebhook(secret).verify(body, plain);
}

const SECOND_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('webhooks', () => {
  it('are signed so that both libraries agree, whatever the clock says', async () => {
    await test.control('PUT', '/settings', { clockOffsetMs: 48 * 3600 * 1000 });
    await test.createCompany({ name: 'Café' });
    await count(1);
    const [first] = receiver.received;
    if (!first) throw new Error('nothing received');
    expect(first.headers['webhook-id']).toMatch(/^msg_\w{24}$/);
    verify(first, TEST_SECRET);
    expect(() => verify({ ...first, body: `${first.body} ` }, TEST_SECRET)).toThrow();
    expect(() => verify(first, SECOND_SECRET)).toThrow();
  });

  it('carry every signature during a rotation', async () => {
    const { json } = await test.control<{ results: { id: string }[] }>('GET', '/consumers');
    const secrets = [SECOND_SECRET, TEST_SECRET];
    await test.control('PUT', `/consumers/${json.results[0]?.id}`, { secrets });
    await test.createCompany();
    await count(1);
    const [first] = receiver.received;
    expect(String(first?.headers['webhook-signature']).split(' ')).toHaveLength(2);
    for (const secret of secrets) if (first) verify(first, secret);
  });

  it('tell a connection’s whole life in order', async () => {
    await test.control('PUT', '/settings', { oneTimeLinks: true });
    const { id } = await test.createCompany({ name: 'Toft', tags: { uid: '1' } });
    const { id: connectionId } = await test.addConnection(id, 'gbol', 'PendingAuth');
    const path = `/companies/${id}/connections/${connectionId}`;
    const act = (action: string) => test.control('POST', `/connections/${connectionId}/${action}`);
    await act('fail');
    await act('authorize');
    await waitUntil(() => receiver.eventTypes().includes('read.completed.initial'));
    await test.control('PUT', '/settings', { initialReadDelayMs: 60_000 });
    await act('deauthorize');
    await act('authorize');
    await test.call('PATCH', path, { status: 'Unlinked' });
    await test.call('DELETE', path);
    await test.call('DELETE', `/companies/${id}`);
    await isSettled();
    const events = receiver.received
      .map(({ event }) => event)
      .sort((a, b) => a.generatedDate.localeCompare(b.generatedDate));
    expect(
      events
        .map(({ eventType, payload }) => `${eventType} ${payload.connection?.status ?? ''}`.trim())
        .toSorted(),
    ).toEqual(
      [
        'company.created',
        'company.deleted',
        'connection.connected Linked',
        'connection.created PendingAuth',
        'connection.deleted Unlinked',
        'connection.disconnected Deauthorized',
        'connection.disconnected Unlinked',
        'connection.failed PendingAuth',
        'connection.reconnected Linked',
        'read.completed.initial',
        'read.completed.successful',
        'read.completed.successful.initial',
      ].toSorted(),
    );
    expect(receiver.received.map(({ body }) => body).join()).not.toMatch(/otp=/);
    const created = events.find(({ eventType }) => eventType === 'connection.created');
    expect(created?.payload.referenceCompany).toEqual({
      id,
      name: 'Toft',
      links: { portal: `https://app.codat.io/companies/${id}/summary` },
      tags: { uid: '1' },
    });
    expect(created?.payload.connection).not.toHaveProperty('lastSync');
  });

  it('are tried eight times on the documented schedule, under one id', async () => {
    receiver.answerWith(500);
    await test.createCompany();
    const delaysS = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];
    let offset = 0;
    for (const [i, delayS] of delaysS.entries()) {
      const delivery = await waitUntil(async () => {
        const found = await firstDelivery();
        return found?.attempts.length === i + 1 ? found : null;
      });
      expect(delivery.state).toBe('Attempting');
      const failedAt = Date.parse(delivery.attempts.at(-1)?.at ?? '') + offset;
      const waitMs = Date.parse(delivery.nextAttemptAt ?? '') - failedAt;
      expect(Math.floor(waitMs / 1000)).toBe(delayS);
      offset += delayS * 1000;
      await test.control('PUT', '/settings', { clockOffsetMs: offset });
    }
    await waitUntil(async () => (await firstDelivery())?.state === 'Failure');
    expect(await firstDelivery()).toMatchObject({ nextAttemptAt: null });
    await test.control('PUT', '/settings', { clockOffsetMs: offset + 90 * 3600 * 1000 });
    await test.createCompany();
    await count(9);
    const [first, ...others] = receiver.received;
    expect(receiver.received).toHaveLength(9);
    const sameId = others.filter(
      ({ headers }) => headers['webhook-id'] === first?.headers['webhook-id'],
    );
    expect(sameId).toHaveLength(7);
  });

  it.each([
    [307, { location: '/elsewhere' }],
    [404, {}],
    [503, { 'retry-after': '1' }],
  ])('count %i as a failure', async (status, headers) => {
    receiver.answerWith(status, headers);
    await test.createCompany();
    const delivery = await waitUntil(async () => {
      const found = await firstDelivery();
      return found?.attempts.length ? found : null;
    });
    expect(delivery).toMatchObject({ state: 'Attempting', attempts: [{ status }] });
  });

  it('wait for a restart, and are sent by it', async () => {
    receiver.answerWith(500);
    await test.createCompany();
    await waitUntil(async () => (await firstDelivery())?.state === 'Attempting');
    await test.sandbox.world.settings.update({ clockOffsetMs: 6000 });
    receiver.answerWith(204);
    await test.restart();
    await isSettled();
    expect(receiver.received).toHaveLength(2);
  });

  it('can be sent again by hand', async () => {
    await test.createCompany();
    await isSettled();
    const { webhookId } = (await firstDelivery()) ?? {};
    await test.control('POST', `/deliveries/${webhookId}/resend`);
    await count(2);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([
      webhookId,
      webhookId,
    ]);
    expect((await test.control('POST', '/deliveries/msg_none/resend')).status).toBe(404);
  });

  it('are lost, doubled and delayed on demand', async () => {
    await test.control('PUT', '/settings', { webhookDrop: 1 });
    await test.createCompany();
    expect(await firstDelivery()).toMatchObject({ state: 'Failure', attempts: [], dropped: true });
    await test.control('PUT', '/settings', { webhookDrop: 0, webhookDuplicate: 1 });
    await test.createCompany();
    await count(2);
    const [one, two] = receiver.received;
    expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
    await test.control('PUT', '/settings', { webhookDuplicate: 0, webhookDelayMs: 60_000 });
    await test.createCompany();
    expect((await deliveries()).at(-1)).toMatchObject({ state: 'Sending', attempts: [] });
    await test.control('PUT', '/settings', { clockOffsetMs: 61_000 });
    await count(3);
  });

  it('go to the consumers that want them', async () => {
    await test.call('POST', '/webhooks', {
      url: `${receiver.url}/uk`,
      eventTypes: ['company.created'],
      companyTags: ['region:uk', 'a:b'],
    });
    const url = `${receiver.url}/all`;
    await test.call('POST', '/webhooks', { url, eventTypes: [], disabled: true });
    await test.createCompany({ name: 'UK', tags: { region: 'uk' } });
    await test.createCompany({ name: 'US', tags: { region: 'us' } });
    expect(await deliveries()).toHaveLength(3);
    const { id } = await test.createCompany({ name: 'UK2', tags: { region: 'uk' } });
    await test.call('DELETE', `/companies/${id}`);
    expect(await deliveries()).toHaveLength(6);
    for (const input of [
      { url: 'nonsense' },
      { url, companyTags: ['x'] },
      { url, eventTypes: 'a' },
    ]) {
      expect((await test.call('POST', '/webhooks', input)).status).toBe(400);
    }
  });

  it('disable an endpoint that has failed for five days, and replay what it missed', async () => {
    receiver.answerWith(500);
    await test.createCompany();
    await waitUntil(async () => (await firstDelivery())?.state === 'Attempting');
    await test.control('PUT', '/settings', { clockOffsetMs: 5 * 24 * 3600 * 1000 + 1000 });
    interface Consumers {
      results: { id: string; disabled: boolean }[];
    }
    const consumer = await waitUntil(async () => {
      const { json } = await test.call<Consumers>('GET', '/webhooks');
      return json.results.find(({ disabled }) => disabled);
    });
    await test.createCompany();
    expect(await deliveries()).toHaveLength(1);
    receiver.answerWith(204);
    await test.control('PUT', `/consumers/${consumer.id}`, { disabled: false });
    await test.control('POST', `/consumers/${consumer.id}/replay`);
    await waitUntil(async () => (await deliveries()).length === 2);
    await test.control('PUT', '/settings', { clockOffsetMs: 6 * 24 * 3600 * 1000 });
    await isSettled();
  });

  it('can be anything a test asks for', async () => {
    const { json } = await test.control('POST', '/events', {
      eventType: 'connection.deleted',
      payload: { odd: true },
    });
    await count(1);
    expect(receiver.received[0]?.headers['webhook-id']).toBe(json.webhookId);
  });
});
