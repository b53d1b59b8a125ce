import { expect } from '@playwright/test';
import { connectionEntry } from './fixtures/connections-page';
import { test } from './fixtures/test';

test('disconnecting explains itself first, and is undone by reconnecting', async ({
  page,
  person,
  codat,
  visit,
}) => {
  const company = await codat.findCompany(person.businessName);
  await codat.addConnection(company.id, 'gbol', 'Linked');
  await page.goto('/connections');
  const xero = connectionEntry(page, 'Xero');
  await expect(xero.getByText('Connected', { exact: true }).first()).toBeVisible();
  const elsewhere = await visit({ storageState: await page.context().storageState() });
  await elsewhere.goto('/connections');

  await xero.getByRole('link', { name: 'Disconnect Xero' }).click();
  await expect(page.getByRole('heading', { name: 'Disconnect Xero?' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What stops' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What stays' })).toBeVisible();
  await page.getByRole('link', { name: 'Keep it connected' }).click();
  await expect(xero.getByText('Connected', { exact: true }).first()).toBeVisible();
  expect((await codat.findConnection(person.businessName, 'Xero')).status).toBe('Linked');

  await xero.getByRole('link', { name: 'Disconnect Xero' }).click();
  await page.getByRole('button', { name: 'Disconnect Xero' }).click();
  await expect(page.getByText('Xero is disconnected')).toBeVisible();
  await expect(xero.getByText('Disconnected', { exact: true }).first()).toBeVisible();
  expect((await codat.findConnection(person.businessName, 'Xero')).status).toBe('Unlinked');
  // The page that was open elsewhere follows by itself.
  const there = connectionEntry(elsewhere, 'Xero');
  await expect(there.getByText('Disconnected', { exact: true }).first()).toBeVisible();

  // This person has never agreed to anything: the connection came about behind the portal's back.
  await xero.getByRole('button', { name: 'Reconnect Xero' }).click();
  await expect(page.getByRole('heading', { name: 'Reconnect Xero' })).toBeVisible();
  await page.getByRole('checkbox', { name: /^I agree/ }).check();
  await page.getByRole('button', { name: 'Continue to Codat' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Xero' })).toBeVisible();
});

test('disconnecting what another tab has disconnected already does no harm', async ({
  page,
  person,
  codat,
  context,
}) => {
  const company = await codat.findCompany(person.businessName);
  const { id } = await codat.addConnection(company.id, 'gbol', 'Linked');
  await page.goto('/connections');
  await expect(connectionEntry(page, 'Xero')).toBeVisible();
  const [first, second] = [page, await context.newPage()];
  for (const tab of [first, second]) await tab.goto(`/connections/${id}/disconnect`);
  for (const tab of [first, second]) {
    await tab.getByRole('button', { name: 'Disconnect Xero' }).click();
    await expect(tab.getByText('Xero is disconnected')).toBeVisible();
  }
  await page.goto(`/connections/${id}/disconnect`);
  await expect(page.getByText('there’s nothing to disconnect')).toBeVisible();
});

test('Codat does not answer: nothing is changed and the person is told', async ({
  page,
  person,
  codat,
}) => {
  const company = await codat.findCompany(person.businessName);
  const { id } = await codat.addConnection(company.id, 'gbol', 'Linked');
  await page.goto('/connections');
  await expect(connectionEntry(page, 'Xero')).toBeVisible();
  const path = `/companies/${company.id}/connections/${id}`;
  await codat.addFault({ method: 'PATCH', path, status: 500, times: 5 });
  await page.goto(`/connections/${id}/disconnect`);
  await page.getByRole('button', { name: 'Disconnect Xero' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'connection service' })).toContainText(
    'Nothing was changed',
    { timeout: 20_000 },
  );
  await page.goto('/connections');
  const status = connectionEntry(page, 'Xero').getByText('Connected', { exact: true }).first();
  await expect(status).toBeVisible();
});
