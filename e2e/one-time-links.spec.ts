import { expect } from '@playwright/test';
import { connectionEntry } from './fixtures/connections-page';
import { authorize, choosePlatform, complete, connect, leaveForLink } from './fixtures/hosted-link';
import { test } from './fixtures/test';

// The switch is the whole local Codat's: on, it harms no other test; but a Link URL without a
// password that another test is just about to open would be refused.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ codat, database }) => {
  await expect.poll(() => database.countFreshHandOffs(), { timeout: 60_000 }).toBe(0);
  await codat.changeSettings({ oneTimeLinks: true });
});

test.afterAll(({ codat }) => codat.changeSettings({ oneTimeLinks: false }));

test.beforeEach(({ person }) => person);

test('connects and reconnects with one-time links on', async ({ page, person, codat }) => {
  const opened: string[] = [];
  page.on('request', (request) => {
    if (/[?&](link\.)?otp=/.test(request.url())) opened.push(request.url());
  });
  await connect(page, 'Xero');
  const { id } = await codat.findConnection(person.businessName, 'Xero');
  await page.goto('/connections');
  const xero = connectionEntry(page, 'Xero');
  await expect(xero).toBeVisible();
  await codat.act(id, 'deauthorize');
  await xero.getByRole('button', { name: 'Reconnect Xero' }).click();
  await authorize(page, 'Xero');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();

  const passwords = opened.map((url) => {
    const { searchParams } = new URL(url);
    expect(searchParams.get('state')).toMatch(/^[\w-]{43}$/);
    return searchParams.get('link.otp') ?? searchParams.get('otp');
  });
  expect(new Set(passwords).size).toBe(2);
});

test.describe('a link that was used', () => {
  test.use({ expectedProblems: [/status of 401/] });

  test('is refused by Codat, and pressing the button again mints a fresh one', async ({
    page,
    context,
  }) => {
    const opening = page.waitForRequest((request) => /\/company\//.test(request.url()));
    await leaveForLink(page);
    const used = (await opening).url();
    expect(used).toContain('link.otp=');

    const again = await context.newPage();
    expect((await again.goto(used))?.status()).toBe(401);
    await expect(
      again.getByRole('heading', { name: 'This link can no longer be used' }),
    ).toBeVisible();

    await again.goto('/connect');
    await again.getByRole('button', { name: 'Continue to Codat' }).click();
    await choosePlatform(again, 'Xero');
    await authorize(again, 'Xero');
    await again.getByRole('button', { name: 'Continue' }).click();
    await complete(again);
    await expect(again.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();
  });

  test('is behind the back button of a page of ours, which offers a fresh one', async ({
    page,
  }) => {
    const opened: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('link.otp=')) opened.push(request.url());
    });
    await leaveForLink(page);
    // What a bookmark, the history or a restored tab would open.
    expect((await page.goto(opened[0] ?? ''))?.status()).toBe(401);
    await page.goBack();
    await page.goBack();
    await expect(page).toHaveURL('/connect');
    await expect(page.getByText('You get a new link every time.')).toBeVisible();
    await page.getByRole('button', { name: 'Continue to Codat' }).click();
    await expect(page.getByRole('heading', { name: 'Connect your business data' })).toBeVisible();
    expect(new Set(opened).size).toBe(2);
  });
});

test.describe('a page that the browser brings back as it was left', () => {
  test('has a button that can be pressed again', async ({ page }) => {
    // Nothing is answered, so that the page stays where it is, on its way out for good.
    await page.route(/link\.otp=/, (route) => route.fulfill({ status: 204 }));
    await page.goto('/connect');
    await page.getByRole('checkbox', { name: /^I agree/ }).check();
    const leaving = page.waitForRequest(/link\.otp=/);
    await page.getByRole('button', { name: 'Continue to Codat' }).click();
    await leaving;
    await expect(page.getByRole('button', { name: 'Opening' })).toBeVisible();

    await page.unroute(/link\.otp=/);
    await page.evaluate(() =>
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
    );
    const again = page.getByRole('button', { name: 'Continue to Codat' });
    await expect(again).toBeVisible();
    await again.click();
    await expect(page.getByRole('heading', { name: 'Connect your business data' })).toBeVisible();
  });
});
