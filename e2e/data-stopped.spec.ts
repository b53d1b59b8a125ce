import { expect, type Locator } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { connectionEntry, navigationWarning } from './fixtures/connections-page';
import { test } from './fixtures/test';

const dayMs = 86_400_000;

/** The word for a connection's state, apart from texts that have the same words. */
const stateOf = (within: Locator) => within.locator('[data-status]');

test('data that stops is said on every open page, with why and who can fix it, and comes again', async ({
  page,
  person,
  codat,
  adminPage,
}) => {
  const company = await codat.findCompany(person.businessName);
  const { id } = await codat.addConnection(company.id, 'gbol', 'Linked');
  await page.goto('/connections');
  const xero = connectionEntry(page, 'Xero');
  await expect(stateOf(xero)).toHaveText('Connected');
  await adminPage.goto(`/admin/companies/${company.name}`);
  const timeline = adminPage.getByRole('region', { name: 'Timeline' });

  await codat.finishRead(id, 'AuthError');
  await expect(stateOf(xero)).toHaveText('Data has stopped');
  await expect(xero.getByText('You can fix this: reconnect, and sign in to Xero')).toBeVisible();
  await expect(xero.getByRole('button', { name: 'Reconnect' })).toBeEnabled();
  await expect(page.getByText('Data has stopped for 1 connection')).toBeVisible();
  await expect(navigationWarning(page)).toHaveCount(1);
  await expect(timeline.getByText('Xero: Data has stopped')).toBeVisible();
  await expect(adminPage.getByText('The customer can fix it by reconnecting.')).toBeVisible();
  await expect(adminPage.getByText(/^AuthError · /)).toBeVisible();
  await expectAccessible(page, 'a list with data that has stopped');
  await expectAccessible(adminPage, 'a company with data that has stopped');

  await adminPage.goto(`/admin/companies?status=data_stopped&q=${company.name}`);
  const row = adminPage.getByRole('row', { name: person.businessName });
  await expect(row.getByText('Data has stopped').first()).toBeVisible();
  await adminPage.goto(`/admin/companies?connection=Linked&q=${company.name}`);
  await expect(row).toHaveCount(0);
  await adminPage.goto('/admin/connections?status=stopped');
  await expect(
    adminPage.getByRole('row').filter({ hasText: person.businessName }).getByText('Xero'),
  ).toBeVisible();

  await page.goto(`/connections/${id}`);
  await expect(stateOf(page.getByRole('main')).first()).toHaveText('Data has stopped');
  await expectAccessible(page, 'a connection with data that has stopped');
  await codat.finishRead(id);
  await expect(page.getByText('Data comes again', { exact: true })).toBeVisible();
  await expect(stateOf(page.getByRole('main')).first()).toHaveText('Connected');
  await expect(navigationWarning(page)).toHaveCount(0);
});

test('data that just does not come is noticed without any event', async ({
  page,
  person,
  codat,
  adminPage,
}) => {
  const company = await codat.findCompany(person.businessName);
  const { id } = await codat.addConnection(company.id, 'qhyg', 'Linked');
  await page.goto('/connections');
  const books = connectionEntry(page, 'QuickBooks Online');
  await expect(stateOf(books)).toHaveText('Connected');
  await codat.stopReads(id, new Date(Date.now() - 45 * dayMs));
  await adminPage.goto(`/admin/companies/${company.name}`);
  await adminPage.getByRole('button', { name: 'Refresh from Codat' }).click();

  await expect(books.getByText('Nothing new from QuickBooks Online for 45 days.')).toBeVisible();
  await expect(
    adminPage.getByRole('region', { name: 'Timeline' }).getByText('Overdue by schedule'),
  ).toBeVisible();
});
