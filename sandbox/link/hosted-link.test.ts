import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFormBrowser, type FormBrowser } from '@/sandbox/testing/form-browser';
import {
  type CompanyBody,
  startTestSandbox,
  type TestSandbox,
} from '@/sandbox/testing/start-test-sandbox';
import { waitUntil } from '@/sandbox/testing/wait-until';

const PORTAL = 'https://portal.example';
const REDIRECT = `${PORTAL}/link/return?companyId={companyId}&connectionId={connectionId}&platform={platform}&statusCode={statusCode}&errorMessage={errorMessage}&state={state}`;

let test: TestSandbox;
let browser: FormBrowser;
let company: CompanyBody;

beforeAll(async () => {
  test = await startTestSandbox({ SANDBOX_REDIRECT_URL: REDIRECT });
  await test.control('PUT', '/settings', { initialReadDelayMs: 20 });
});
afterAll(() => test.stop());
beforeEach(async () => {
  browser = createFormBrowser(PORTAL);
  company = await test.createCompany({ name: 'Toft', description: 'Toft & Sons' });
});

const connections = async () => (await test.readCompany(company.id)).dataConnections;
const statuses = async () => (await connections()).map(({ status }) => status);
const returned = () => Object.fromEntries(new URL(browser.page.url).searchParams);

async function chooseXero(): Promise<void> {
  await browser.open(`${company.redirect}?state=s%201`);
  expect(browser.heading()).toBe('Connect your business data');
  await browser.click('Connect accounting software');
  await browser.click('Xero');
  expect(browser.heading()).toBe('Connect to Xero');
  await browser.press('Next');
  expect(browser.heading()).toBe('Sign in to Xero');
}

async function leave(): Promise<void> {
  await browser.click('Leave without finishing');
  expect(browser.heading()).toBe('Leave without finishing?');
  await browser.press('Yes, leave');
}

describe('Hosted Link', () => {
  it('connects: 200, linked before the redirect, read afterwards', async () => {
    await chooseXero();
    expect(new URL(browser.page.url).origin).toBe(test.sandbox.platformUrl);
    expect(await statuses()).toEqual(['PendingAuth']);
    await browser.press('Authorize');
    expect(browser.heading()).toBe('Xero is connected');
    await browser.press('Continue');
    await browser.press('Complete');
    const [connection] = await connections();
    expect(browser.page.status).toBe(302);
    expect(browser.page.url).toContain('errorMessage=&state=s%201');
    expect(returned()).toEqual({
      companyId: company.id,
      connectionId: connection?.id,
      platform: 'gbol',
      statusCode: '200',
      errorMessage: '',
      state: 's 1',
    });
    expect(connection?.status).toBe('Linked');
    await waitUntil(async () => (await connections())[0]?.lastSync);
  });

  it('cancelling at the platform and leaving: 403, still pending, with an error', async () => {
    await chooseXero();
    await browser.press('Cancel');
    expect(browser.heading()).toBe('Xero is not connected');
    await leave();
    expect(returned()).toMatchObject({ statusCode: '403', errorMessage: 'User cancelled.' });
    const [connection] = await connections();
    expect(connection).toMatchObject({
      id: returned().connectionId,
      status: 'PendingAuth',
      dataConnectionErrors: [{ statusCode: '403', status: 'Active' }],
    });
  });

  it('failing at the platform: 500, or success after a retry', async () => {
    await chooseXero();
    await browser.press('Simulate a failure');
    expect(browser.heading()).toBe('Xero could not be connected');
    await leave();
    expect(returned()).toMatchObject({
      statusCode: '500',
      errorMessage: 'Unknown error occurred.',
    });

    await chooseXero();
    await browser.press('Simulate a failure');
    await browser.press('Retry');
    await browser.press('Authorize');
    await browser.press('Continue');
    await browser.press('Complete');
    expect(returned().statusCode).toBe('200');
    const [, connection] = await connections();
    expect(connection?.dataConnectionErrors).toMatchObject([{ status: 'Resolved' }]);
  });

  it('leaving at the platform half way: 403 and pending', async () => {
    await chooseXero();
    await browser.open(`${company.redirect}?state=2`);
    await leave();
    expect(returned().statusCode).toBe('403');
    expect(await statuses()).toEqual(['PendingAuth']);
  });

  it('an unsupported platform: 501', async () => {
    await browser.open(company.redirect);
    await browser.click('Connect accounting software');
    await browser.click('Wave');
    expect(browser.heading()).toBe('Wave is not supported');
    await leave();
    expect(returned()).toMatchObject({
      statusCode: '501',
      errorMessage: 'Not supported.',
      platform: 'pbtz',
    });
    await browser.open(company.redirect);
    await browser.click('Connect a bank');
    await browser.click('My software is not listed');
    await leave();
    expect(returned().statusCode).toBe('501');
  });

  it('finishing without acting: 201, by Complete and by Done', async () => {
    await test.addConnection(company.id, 'gbol', 'Linked');
    await browser.open(company.redirect);
    await browser.press('Complete');
    expect(returned()).toMatchObject({ statusCode: '201', connectionId: '', platform: '' });
    await browser.open(company.redirect);
    await browser.click('Replace accounting software');
    await browser.click('Xero');
    expect(browser.heading()).toBe('Xero is already connected');
    await browser.press('Done');
    expect(returned().statusCode).toBe('201');
  });

  it('a second platform in one flow; the redirect names the last', async () => {
    await chooseXero();
    await browser.press('Authorize');
    await browser.click('Connect another account');
    await browser.click('Stripe');
    await browser.press('Next');
    await browser.press('Authorize');
    await browser.press('Continue');
    await browser.press('Complete');
    expect(returned()).toMatchObject({ statusCode: '200', platform: 'exgd' });
    expect(await statuses()).toEqual(['Linked', 'Linked']);
  });

  it('manages: disconnects, reconnects, replaces accounting', async () => {
    await test.addConnection(company.id, 'gbol', 'Linked');
    await browser.open(company.redirect);
    await browser.click('Disconnect Xero');
    await browser.press('Yes, disconnect');
    expect(await statuses()).toEqual(['Unlinked']);
    await browser.press('Reconnect Xero');
    await browser.press('Authorize');
    expect(await statuses()).toEqual(['Linked']);
    await browser.press('Continue');
    await browser.click('Replace accounting software');
    await browser.click('Sage Accounting');
    await browser.press('Next');
    await browser.press('Authorize');
    expect(await statuses()).toEqual(['Unlinked', 'Linked']);
  });

  it("a connection's own URL leads straight to the platform and back", async () => {
    const pending = await test.addConnection(company.id, 'gbol', 'PendingAuth');
    await browser.open(`${pending.linkUrl}?state=own`);
    expect(browser.heading()).toBe('Sign in to Xero');
    await browser.press('Authorize');
    expect(browser.heading()).toBe('Xero is connected');
    await browser.press('Continue');
    expect(returned()).toMatchObject({
      statusCode: '200',
      connectionId: pending.id,
      state: 'own',
    });
    await browser.open(pending.linkUrl);
    expect(browser.heading()).toBe('Xero is already connected');
    await browser.press('Done');
    expect(returned().statusCode).toBe('201');
    await test.control('POST', `/connections/${pending.id}/deauthorize`);
    await browser.open(pending.linkUrl);
    await browser.press('Cancel');
    await leave();
    expect(returned().statusCode).toBe('403');
    expect(await statuses()).toEqual(['Deauthorized']);
  });

  it('lets a return from the platform count once, however often it is loaded', async () => {
    await chooseXero();
    const signInId = browser.page.url.split('/').at(-1);
    await browser.press('Cancel');
    const flow = browser.page.url.split('/connections/')[0];
    await browser.open(`${flow}/callback/${signInId}`);
    expect(browser.heading()).toBe('Xero is not connected');
    expect((await connections())[0]?.dataConnectionErrors).toHaveLength(1);
    expect((await browser.open(`${test.sandbox.platformUrl}/authorize/${signInId}`)).status).toBe(
      410,
    );
  });

  it('searches without scripts and hides test platforms on demand', async () => {
    await browser.open(`${company.redirect}?link.showSandboxIntegrations=false`);
    await browser.click('Connect accounting software');
    await expect(browser.click('Sandbox')).rejects.toThrow('No link');
    const base = browser.page.url.split('?')[0];
    await browser.open(`${base}?category=Accounting&q=XER`);
    await expect(browser.click('FreeAgent')).rejects.toThrow('No link');
    await browser.click('Xero');
  });

  it('ends once: pressing again redirects again, going on is refused', async () => {
    await browser.open(company.redirect);
    const main = browser.page;
    await browser.press('Complete');
    const first = browser.page.url;
    const again = await fetch(`${main.url}/complete`, { method: 'POST', redirect: 'manual' });
    expect(again.headers.get('location')).toBe(first);
    expect((await browser.open(main.url)).status).toBe(410);
  });

  it('can never be framed, and is not cached', async () => {
    for (const url of [company.redirect, `${test.sandbox.url}/company/none`]) {
      const { headers } = await browser.open(url);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toContain('form-action');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cache-control')).toBe('no-store');
    }
    expect(browser.page.status).toBe(404);
  });

  it('stays on a page of its own without a redirect URL, and refuses a foreign host', async () => {
    const profile = { name: 'Bank', redirectUrl: '' };
    await test.call('PUT', '/profile', profile);
    await browser.open(company.redirect);
    await browser.press('Complete');
    expect(browser.heading()).toBe('Nothing was changed');
    await test.call('PUT', '/profile', { ...profile, redirectUrl: 'https://{host}/x' });
    await browser.open(`${company.redirect}?host=evil.example`);
    await browser.press('Complete');
    expect([browser.page.status, browser.heading()]).toEqual([400, 'This redirect isn’t allowed']);
    await test.call('PUT', '/profile', { ...profile, redirectUrl: REDIRECT });
  });

  it('fills OpenID values only on request', async () => {
    const redirectUrl = `${PORTAL}/?mail={openId_email}&at={data.company.companyName}`;
    await test.call('PUT', '/profile', { name: 'Bank', redirectUrl });
    const pending = await test.addConnection(company.id, 'gbol', 'PendingAuth');
    await browser.open(`${pending.linkUrl}?openId=true`);
    await browser.press('Authorize');
    await browser.press('Continue');
    expect(returned()).toEqual({ mail: 'robin.sample@example.com', at: 'Toft & Sons' });
    await test.call('PUT', '/profile', { name: 'Bank', redirectUrl: REDIRECT });
  });
});
