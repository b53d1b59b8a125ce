import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ASSUMPTIONS } from '@/sandbox/assumptions';
import { createFormBrowser } from '@/sandbox/testing/form-browser';
import { startTestSandbox, type TestSandbox } from '@/sandbox/testing/start-test-sandbox';
import { waitUntil } from '@/sandbox/testing/wait-until';
import { startWebhookReceiver, type WebhookReceiver } from '@/sandbox/testing/webhook-receiver';

const PORTAL = 'https://portal.example';

let test: TestSandbox;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  test = await startTestSandbox({
    SANDBOX_WEBHOOK_URL: receiver.url,
    SANDBOX_REDIRECT_URL: `${PORTAL}/?code={statusCode}&state={state}`,
  });
});
afterAll(async () => {
  await test.stop();
  await receiver.stop();
});
beforeEach(() => test.control('POST', '/assumptions', { hold: true }));

const put = (settings: object) => test.control('PUT', '/settings', settings);

describe('assumptions', () => {
  it('can all be turned at once, and back', async () => {
    const holding = async () =>
      (await test.control<{ results: { holds: boolean }[] }>('GET', '/assumptions')).json.results
        .map(({ holds }) => holds)
        .filter(Boolean).length;
    expect(await holding()).toBe(ASSUMPTIONS.length);
    await test.control('POST', '/assumptions', { hold: false });
    expect(await holding()).toBe(0);
    await test.control('POST', '/assumptions', { hold: true });
    expect(await holding()).toBe(ASSUMPTIONS.length);
  });

  it('fail from the start if the environment says so', async () => {
    const contrary = await startTestSandbox({ SANDBOX_ASSUMPTIONS: 'fail' });
    expect((await contrary.call('POST', '/companies', { name: 'Toft' })).status).toBe(400);
    const given = { name: 'Toft', products: ['lending'] };
    expect((await contrary.call('POST', '/companies', given)).status).toBe(200);
    await contrary.stop();
  });

  it('products: kept, shown, and required on demand', async () => {
    const { id } = await test.createCompany({ name: 'Toft', products: ['lending', 'own'] });
    expect((await test.readCompany(id)).products).toEqual(['lending', 'own']);
    await put({ productsRequired: true });
    const { status, json } = await test.call('POST', '/companies', { name: 'Toft' });
    expect([status, json.error]).toEqual([400, expect.stringContaining('No products assigned')]);
    expect(json).toMatchObject({ validation: { errors: [{ itemId: 'Products' }] } });
  });

  it('orderBy: modifiedDate is published, everything else a favour', async () => {
    const [first, second] = [await test.createCompany(), await test.createCompany()];
    await new Promise((resolve) => setTimeout(resolve, 5));
    await test.call('PATCH', `/companies/${first.id}`, { name: 'Changed' });
    const list = (orderBy: string) =>
      test.call<{ results: { id: string }[] }>('GET', `/companies?orderBy=${orderBy}`);
    expect((await list('-modifiedDate')).json.results[0]?.id).toBe(first.id);
    expect((await list('-created')).json.results[0]?.id).toBe(second.id);
    await put({ orderBy: 'published' });
    expect([(await list('created')).status, (await list('modifiedDate')).status]).toEqual([
      400, 200,
    ]);
    await put({ orderBy: 'refused' });
    expect((await list('-modifiedDate')).status).toBe(400);
  });

  it.each([
    ['kept', 'x', 'x'],
    ['lostOnStart', 'x', ''],
    ['lost', '', ''],
  ])('custom parameters: %s', async (customParameters, onCompany, onStart) => {
    await put({ customParameters });
    const { id, redirect } = await test.createCompany();
    const { linkUrl } = await test.addConnection(id, 'gbol', 'Linked');
    const browser = createFormBrowser(PORTAL);
    await browser.open(`${redirect}?state=x`);
    await browser.press('Complete');
    expect(browser.page.url).toBe(`${PORTAL}/?code=201&state=${onCompany}`);
    await browser.open(`${linkUrl}?state=x`);
    await browser.press('Done');
    expect(browser.page.url).toBe(`${PORTAL}/?code=201&state=${onStart}`);
  });

  it.each([
    ['sevenDigits', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/],
    ['noZone', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/],
    ['offset', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/],
  ])('dates: %s', async (dates, form) => {
    await put({ dates, neverSynced: 'year1', optionalFields: 'empty' });
    const { id } = await test.createCompany();
    const company = await test.readCompany(id);
    expect(company).toMatchObject({ description: '', lastSync: expect.stringMatching(/^0001/) });
    expect(company.created).toMatch(form);
  });

  it('optional fields are left out of answers and webhooks', async () => {
    await put({ optionalFields: 'absent' });
    receiver.received.length = 0;
    const { id } = await test.createCompany({ name: 'Toft', tags: { uid: 'u' } });
    await test.addConnection(id, 'gbol', 'PendingAuth');
    const { dataConnections, ...company } = await test.readCompany(id);
    expect(Object.keys(company)).toEqual(['id', 'name', 'redirect', 'created']);
    expect(dataConnections[0]).not.toHaveProperty('integrationKey');
    expect(dataConnections[0]).not.toHaveProperty('sourceType');
    await waitUntil(() => receiver.eventTypes().includes('connection.created'));
    expect(JSON.stringify(receiver.received.map(({ event }) => event.payload))).not.toContain(
      'uid',
    );
  });

  it('logos are missing on demand', async () => {
    const { json } = await test.call('GET', '/integrations/gbol');
    expect((await fetch(String(json.logoUrl))).status).toBe(200);
    await put({ logos: 'missing' });
    expect((await fetch(String(json.logoUrl))).status).toBe(404);
  });

  it('a replay has another id on demand', async () => {
    const [consumer] = (await test.control<{ results: { id: string }[] }>('GET', '/consumers')).json
      .results;
    const path = `/consumers/${consumer?.id}`;
    await put({ replayId: 'new', webhookDrop: 1 });
    receiver.received.length = 0;
    await test.createCompany();
    const { json } = await test.control<{ results: { webhookId: string }[] }>('GET', '/deliveries');
    const lost = json.results.at(-1)?.webhookId;
    await put({ webhookDrop: 0 });
    await test.control('POST', `${path}/replay`);
    await waitUntil(() => receiver.received.length > 0);
    expect(receiver.received[0]?.headers['webhook-id']).not.toBe(lost);
    await test.control('PUT', path, { eventTypes: ['a.b'] });
    expect((await test.call('GET', '/webhooks')).json.results).toMatchObject([
      { eventTypes: ['a.b'] },
    ]);
    await test.control('PUT', path, { eventTypes: [] });
  });

  it.each([
    ['iso', /^\d{4}-\d\d-\d\dT/],
    ['httpDate', / GMT$/],
    ['epochSeconds', /^\d{10}$/],
    ['epochMilliseconds', /^\d{13}$/],
    ['absent', null],
  ])('X-Rate-Limit-Reset: %s', async (rateLimitReset, form) => {
    await put({ rateLimitReset, retryAfter: 'httpDate', dailyQuota: 0 });
    const { headers } = await test.call('GET', '/profile');
    await put({ dailyQuota: null });
    const reset = headers.get('x-rate-limit-reset');
    if (form) expect(reset).toMatch(form);
    else expect(reset).toBeNull();
    expect(headers.get('retry-after')).toMatch(/ GMT$/);
  });
});

describe('what Codat documents, but few clients have', () => {
  it('a parent shows its subsidiaries, and takes them along when it is deleted', async () => {
    const parent = await test.createCompany({ name: 'Toft', products: ['lending'] });
    const path = `/companies/${parent.id}/subsidiaries`;
    const child = (
      await test.control<{ id: string }>('POST', path, { name: 'Toft UK', platformKey: 'akxx' })
    ).json;
    expect(await test.readCompany(parent.id)).toMatchObject({
      dataConnections: [],
      referenceSubsidiaryCompanies: [{ id: child.id, name: 'Toft UK' }],
    });
    expect(await test.readCompany(child.id)).toMatchObject({
      referenceParentCompany: { id: parent.id, links: { portal: expect.any(String) } },
      dataConnections: [{ status: 'Linked' }],
      products: ['lending'],
    });
    receiver.received.length = 0;
    await test.call('DELETE', `/companies/${parent.id}`);
    expect((await test.call('GET', `/companies/${child.id}`)).status).toBe(404);
    await waitUntil(
      () => receiver.eventTypes().filter((type) => type === 'company.deleted').length === 2,
    );
  });

  it('Sage Bank Feeds has a passcode and no page', async () => {
    const { id } = await test.createCompany();
    const { id: connectionId, linkUrl } = await test.addConnection(id, 'olpr', 'PendingAuth');
    const path = (connection: string) => `/companies/${id}/connections/${connection}/bankFeeds/otp`;
    expect((await test.call('POST', path(connectionId), {})).json.otp).toMatch(/^\d{6}$/);
    await put({ bankFeedPasscode: 'text' });
    expect((await test.call('POST', path(connectionId), {})).text).toMatch(/^"\d{6}"$/);
    const xero = await test.addConnection(id, 'gbol', 'PendingAuth');
    expect((await test.call('POST', path(xero.id), {})).status).toBe(400);
    expect((await fetch(linkUrl)).status).toBe(400);
  });

  it('the profile lists allowed redirects', async () => {
    const whiteListUrls = ['https://other.example'];
    await test.control('PUT', '/profile', { whiteListUrls });
    expect((await test.call('GET', '/profile')).json).toMatchObject({
      whiteListUrls,
      redirectUrl: expect.stringContaining(PORTAL),
    });
  });
});
