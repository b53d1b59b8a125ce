import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormBrowser } from '@/sandbox/testing/form-browser';
import { startTestSandbox, type TestSandbox } from '@/sandbox/testing/start-test-sandbox';
import { signMessage } from '@/sandbox/webhooks/signature';

const PORTAL = 'https://portal.example/callback';

/** The placeholders of Codat's published sample, in its order. */
const names = [
  ...['clientId', 'connectionId', 'companyId', 'integrationId', 'sourceId', 'platform'],
  ...['platformName', 'sourceType', 'statusCode', 'errorMessage', 'statusText'],
];

let test: TestSandbox;

beforeAll(async () => {
  const query = names.map((name) => `${name}={${name}}`).join('&');
  test = await startTestSandbox({ SANDBOX_REDIRECT_URL: `${PORTAL}?${query}` });
});
afterAll(() => test.stop());

describe('what Codat has published', () => {
  it('signature: the body, key, id and time stamp of its webhook guide', () => {
    const signature = signMessage(
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1614265330,
      '{"test": 2432232314}',
    );
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('redirect: the resolved one of its sample app, but for the ids that are made anew', async () => {
    const { id, redirect } = await test.createCompany();
    const browser = createFormBrowser('https://portal.example');
    await browser.open(redirect);
    await browser.click('Connect accounting software');
    await browser.click('Sandbox');
    await browser.press('Next');
    await browser.press('Authorize');
    await browser.press('Continue');
    await browser.press('Complete');
    const { clientId } = (await test.call('GET', '/profile/syncSettings')).json;
    const connectionId = (await test.readCompany(id)).dataConnections[0]?.id;
    expect(browser.page.url).toBe(
      `${PORTAL}?clientId=${clientId}&connectionId=${connectionId}&companyId=${id}` +
        '&integrationId=9e0cc03b-3868-4543-98c0-568f0f1b12a3' +
        '&sourceId=aff0f057-255f-42c4-8d4a-ae23b43e1615&platform=mqjo&platformName=Sandbox' +
        '&sourceType=Accounting&statusCode=200&errorMessage=&statusText=',
    );
  });
});
