import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFormBrowser } from '@/sandbox/testing/form-browser';
import {
  type CompanyBody,
  startTestSandbox,
  type TestSandbox,
} from '@/sandbox/testing/start-test-sandbox';

const PORTAL = 'https://portal.example';
const DAY_MS = 24 * 3600 * 1000;

let test: TestSandbox;
let company: CompanyBody;

beforeAll(async () => {
  test = await startTestSandbox({ SANDBOX_REDIRECT_URL: `${PORTAL}/?code={statusCode}&s={s}` });
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.control('PUT', '/settings', { oneTimeLinks: true, clockOffsetMs: 0 });
  company = await test.createCompany();
});

const visit = () => createFormBrowser(PORTAL);

describe('one-time links', () => {
  it('carry a fresh password in every answer, named as Codat names it', async () => {
    const { id } = company;
    await test.addConnection(id, 'gbol', 'PendingAuth');
    const [one, two] = [await test.readCompany(id), await test.readCompany(id)];
    expect(one.redirect).toMatch(/\/company\/[0-9a-f-]+\?link\.otp=[A-Z0-9]{6}$/);
    expect(one.dataConnections[0]?.linkUrl).toMatch(/\/start\?otp=[A-Z0-9]{6}$/);
    expect(two.redirect).not.toBe(one.redirect);
    await test.control('PUT', '/settings', { oneTimeLinks: false });
    expect((await test.readCompany(id)).redirect).not.toContain('?');
  });

  it('work once; the cookie carries the rest of the flow', async () => {
    const browser = visit();
    await browser.open(`${company.redirect}&s=x`);
    expect(browser.heading()).toBe('Connect your business data');
    const flow = browser.page.url;
    const again = await visit().open(company.redirect);
    expect([again.status, again.headers.get('content-type')]).toEqual([
      401,
      'text/html; charset=UTF-8',
    ]);
    expect((await visit().open(flow)).status).toBe(401);
    await browser.open(flow);
    await browser.click('Connect accounting software');
    await browser.click('Xero');
    await browser.press('Next');
    await browser.press('Authorize');
    await browser.press('Continue');
    await browser.press('Complete');
    expect(browser.page.url).toBe(`${PORTAL}/?code=200&s=x`);
  });

  it('names its cookie after the port', async () => {
    const response = await fetch(company.redirect, { redirect: 'manual' });
    const { port } = new URL(test.sandbox.url);
    expect(response.headers.get('set-cookie')).toMatch(
      new RegExp(`^codat_link_${port}=.*HttpOnly`),
    );
  });

  it('are refused without a password, with a wrong one, or with that of another URL', async () => {
    const other = await test.createCompany();
    const plain = company.redirect.split('?')[0];
    const password = new URL(other.redirect).searchParams.get('link.otp');
    for (const query of ['', '?link.otp=AAAAAA', `?link.otp=${password}`, `?otp=${password}`]) {
      expect((await visit().open(`${plain}${query}`)).status).toBe(401);
    }
    expect((await visit().open(other.redirect)).status).toBe(200);
  });

  it('open a connection, and only that one', async () => {
    const { id } = company;
    await test.addConnection(id, 'gbol', 'PendingAuth');
    const { dataConnections } = await test.readCompany(id);
    const linkUrl = dataConnections[0]?.linkUrl ?? '';
    const password = new URL(linkUrl).searchParams.get('otp');
    const companyUrl = company.redirect.split('?')[0];
    expect((await visit().open(`${companyUrl}?link.otp=${password}`)).status).toBe(401);
    const browser = visit();
    await browser.open(linkUrl);
    expect(browser.heading()).toBe('Sign in to Xero');
    await browser.press('Authorize');
    expect(browser.heading()).toBe('Xero is connected');
    expect((await visit().open(linkUrl)).status).toBe(401);
  });

  it('expire after a day, not before', async () => {
    const { redirect: kept } = await test.readCompany(company.id);
    await test.control('PUT', '/settings', { clockOffsetMs: DAY_MS - 60_000 });
    expect((await visit().open(kept)).status).toBe(200);
    await test.control('PUT', '/settings', { clockOffsetMs: DAY_MS + 60_000 });
    expect((await visit().open(company.redirect)).status).toBe(401);
  });

  it('are not used up by a look that asks only for the head', async () => {
    await fetch(company.redirect, { method: 'HEAD' });
    expect((await visit().open(company.redirect)).status).toBe(200);
  });
});
