import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormBrowser, type FormBrowser } from '@/sandbox/testing/form-browser';
import { startTestSandbox, type TestSandbox } from '@/sandbox/testing/start-test-sandbox';

let test: TestSandbox;
let browser: FormBrowser;

beforeAll(async () => {
  test = await startTestSandbox();
  browser = createFormBrowser('https://portal.example');
});
afterAll(() => test.stop());

describe('control panel', () => {
  it('lets a customer revoke access and come back, without scripts', async () => {
    const { id } = await test.createCompany({ name: 'c1', description: '<b>Toft</b> & Sons' });
    await test.addConnection(id, 'gbol', 'Linked');
    const status = async () => (await test.readCompany(id)).dataConnections[0]?.status;
    await browser.open(`${test.sandbox.url}/_sandbox?q=toft`);
    expect(browser.page.html).toContain('&lt;b&gt;Toft&lt;/b&gt; &amp; Sons');
    await browser.press('Revoke access at Xero');
    expect(await status()).toBe('Deauthorized');
    expect(browser.page.html).toContain('the connection is Deauthorized');
    await browser.press('Authorize again');
    expect(await status()).toBe('Linked');
    await browser.press('Unlink');
    expect(await status()).toBe('Unlinked');
    await browser.press('Add connection');
    await browser.press('Delete company');
    expect((await test.call('GET', `/companies/${id}`)).status).toBe(404);
  });

  it('opens Hosted Link, with one-time links too', async () => {
    await test.createCompany({ name: 'Linkable' });
    await browser.open(`${test.sandbox.url}/_sandbox/settings`);
    await test.control('PUT', '/settings', { oneTimeLinks: true });
    await browser.open(`${test.sandbox.url}/_sandbox?q=Linkable`);
    await browser.press('Open Hosted Link');
    expect(browser.heading()).toBe('Connect your business data');
  });

  it('shows deliveries, calls, settings and faults, and resets', async () => {
    for (const path of ['deliveries', 'requests', 'settings']) {
      expect((await browser.open(`${test.sandbox.url}/_sandbox/${path}`)).status).toBe(200);
    }
    await browser.press('Add fault');
    expect((await test.call('GET', '/companies')).status).toBe(503);
    await browser.press('Reset everything');
    expect((await test.control('GET', '/companies')).json.totalResults).toBe(0);
    expect((await browser.open(`${test.sandbox.url}/_sandbox/nothing`)).status).toBe(404);
  });

  it('says what is wrong instead of failing', async () => {
    const response = await fetch(`${test.sandbox.url}/_sandbox/companies`, {
      method: 'POST',
      body: new URLSearchParams({ name: '日本' }),
      redirect: 'manual',
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toContain('note=');
  });
});
