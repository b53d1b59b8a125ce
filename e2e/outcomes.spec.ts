import { expect, type Page } from '@playwright/test';
import { connectionEntry } from './fixtures/connections-page';
import {
  authorize,
  choosePlatform,
  complete,
  connect,
  leaveForLink,
  leaveWithoutFinishing,
} from './fixtures/hosted-link';
import { test } from './fixtures/test';

const atLink = { name: 'Connect your business data' };

/** The heading of the page that a person comes back to, at its clean address. */
async function expectOutcome(page: Page, heading: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await expect(page).toHaveURL(/\/link\/done\/[0-9a-f-]{36}$/);
}

test.beforeEach(({ person }) => person);

test('cancelled at the platform: what is unfinished can be finished straight away', async ({
  page,
}) => {
  await leaveForLink(page);
  await choosePlatform(page, 'Xero');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Xero is not connected' })).toBeVisible();
  await leaveWithoutFinishing(page);
  await expectOutcome(page, 'You stopped before finishing');
  await expect(page.getByText('Nothing is connected right now.')).toBeVisible();

  await page.getByRole('link', { name: 'Go to your connections' }).click();
  const xero = connectionEntry(page, 'Xero');
  await expect(xero.getByText('Not finished', { exact: true })).toBeVisible();
  await expect(xero.getByText('didn’t finish signing in')).toBeVisible();
  await expect(page.getByText('User cancelled')).toHaveCount(0);
  await xero.getByRole('button', { name: 'Finish connecting Xero' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Xero' })).toBeVisible();
  await authorize(page, 'Xero');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expectOutcome(page, 'Xero is connected');
});

test('left before choosing anything: trying again leads to the choice', async ({ page }) => {
  await leaveForLink(page);
  await leaveWithoutFinishing(page);
  await expectOutcome(page, 'You stopped before finishing');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', atLink)).toBeVisible();
});

test('failed at the platform: the retry aims at the same connection', async ({
  page,
  person,
  codat,
}) => {
  await leaveForLink(page);
  await choosePlatform(page, 'Xero');
  await page.getByRole('button', { name: 'Simulate a failure' }).click();
  await expect(page.getByRole('heading', { name: 'Xero could not be connected' })).toBeVisible();
  await leaveWithoutFinishing(page);
  await expectOutcome(page, 'The connection didn’t go through');
  const outcome = page.url();
  await page.getByRole('link', { name: 'Go to your connections' }).click();
  await expect(page.getByText('Xero didn’t let us connect.')).toBeVisible();
  await expect(page.getByText('Unknown error')).toHaveCount(0);
  await page.goto(outcome);
  await page.getByRole('button', { name: 'Finish connecting Xero' }).click();
  await authorize(page, 'Xero');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expectOutcome(page, 'Xero is connected');
  const { dataConnections } = await codat.findCompany(person.businessName);
  expect(dataConnections).toHaveLength(1);
});

test('finished without acting (201): nothing has changed', async ({ page }) => {
  await leaveForLink(page);
  await complete(page);
  await expectOutcome(page, 'Nothing changed');
});

test('software that is not supported (501): other software can be chosen', async ({ page }) => {
  await leaveForLink(page);
  await page.getByRole('link', { name: 'Connect accounting software' }).click();
  await page.getByRole('link', { name: 'Wave' }).click();
  await leaveWithoutFinishing(page);
  await expectOutcome(page, 'This software isn’t supported yet');
  await page.getByRole('button', { name: 'Choose other software' }).click();
  await expect(page.getByRole('heading', atLink)).toBeVisible();
});

test('a second platform stands beside the first, and consent is asked once', async ({ page }) => {
  await connect(page, 'Xero');
  await page.getByRole('link', { name: 'Add a connection' }).click();
  await expect(page.getByText(/agreed on/)).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await connect(page, 'Stripe', 'commerce');
  await page.getByRole('link', { name: 'Go to your connections' }).click();
  for (const platform of ['Xero', 'Stripe']) {
    const entry = connectionEntry(page, platform);
    await expect(entry.getByText('Connected', { exact: true }).first()).toBeVisible();
  }
});

test('a bank connection says so', async ({ page }) => {
  await connect(page, 'Plaid', 'banking');
  await page.getByRole('link', { name: 'Go to your connections' }).click();
  await expect(connectionEntry(page, 'Plaid').getByText('Banking')).toBeVisible();
});

test('Codat does not answer: the person stays here and is told so', async ({
  page,
  person,
  codat,
}) => {
  const { id } = await codat.findCompany(person.businessName);
  await codat.addFault({ method: 'GET', path: `/companies/${id}`, status: 503, times: 5 });
  await page.goto('/connect');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Continue to Codat' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'connection service' })).toContainText(
    'Nothing was changed and your data is safe.',
    { timeout: 20_000 },
  );
  await expect(page).toHaveURL('/connect');
});

test('news that arrives while one leaves opens the Link URL no second time', async ({
  page,
  person,
  codat,
}) => {
  await connect(page, 'Xero');
  const { id: companyId } = await codat.findCompany(person.businessName);
  const xero = await codat.findConnection(person.businessName, 'Xero');
  await page.goto(`/connections/${xero.id}`);
  await codat.act(xero.id, 'deauthorize');
  const reconnect = page.getByRole('button', { name: 'Reconnect Xero' });
  await expect(reconnect).toBeVisible();

  const opened: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(`${codat.url}/companies/`)) opened.push(request.url());
  });
  const path = `/companies/${companyId}`;
  await codat.addFault({ method: 'GET', path, latencyMs: 2500, times: 1 });
  await reconnect.click();
  await expect(page.getByRole('button', { name: 'Opening codat.io…' })).toBeVisible();
  await codat.addConnection(companyId, 'exgd', 'Linked');
  await expect(page.getByRole('heading', { name: 'Sign in to Xero' })).toBeVisible();
  expect(opened).toHaveLength(1);
});
