import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { test } from './fixtures/test';

const panel = (page: Page, name: string) =>
  page
    .getByRole('main')
    .locator('div')
    .filter({ has: page.getByRole('heading', { name, exact: true, level: 2 }) })
    .last();

const alertWith = (page: Page, hasText: string) => page.getByRole('alert').filter({ hasText });

test('a re-read says what no webhook has told', async ({ adminPage, person, codat }) => {
  const company = await codat.findCompany(person.businessName);
  await adminPage.goto(`/admin/companies/${company.name}`);
  const reread = adminPage.getByRole('button', { name: 'Re-read now' });
  await reread.click();
  await expect(adminPage.getByText('Everything was known already')).toBeVisible();
  await codat.changeCompany(company.id, { description: `${person.businessName} & Sons` });
  await reread.click();
  await expect(
    adminPage.getByText(`It is now called ${person.businessName} & Sons.`),
  ).toBeVisible();
  await expect(
    adminPage.getByRole('heading', { level: 1, name: `${person.businessName} & Sons` }),
  ).toBeVisible();
  await codat.addFault({ method: 'GET', path: `/companies/${company.id}`, status: 401, times: 9 });
  await reread.click();
  await expect(alertWith(adminPage, 'Codat refused the API key (401)')).toBeFocused();
});

test('staff disconnect a connection, and the customer sees who did', async ({
  page,
  adminPage,
  person,
  codat,
}) => {
  const company = await codat.findCompany(person.businessName);
  const { id } = await codat.addConnection(company.id, 'gbol', 'Linked');
  await adminPage.goto(`/admin/companies/${company.name}`);
  await panel(adminPage, 'Connections').getByRole('link', { name: 'Disconnect Xero' }).click();
  await expect(
    adminPage.getByRole('heading', { level: 1, name: 'Disconnect Xero?' }),
  ).toBeVisible();
  await expectAccessible(adminPage, 'disconnect');
  await adminPage.getByRole('button', { name: 'Disconnect Xero' }).click();
  await expect(adminPage).toHaveURL(`/admin/companies/${company.name}?done=disconnected`);
  await expect(panel(adminPage, 'Connections').getByText('Disconnected')).toBeVisible();
  await expect(
    panel(adminPage, 'Connections').getByRole('link', { name: /Disconnect/ }),
  ).toHaveCount(0);
  expect((await codat.findConnection(person.businessName, 'Xero')).status).toBe('Unlinked');

  await page.goto(`/connections/${id}`);
  await expect(page.getByText('Done by Harbour Lending').first()).toBeVisible();
});

test('staff remove a connection for good, once they have confirmed', async ({
  adminPage,
  person,
  codat,
}) => {
  const company = await codat.findCompany(person.businessName);
  await codat.addConnection(company.id, 'gbol', 'Linked');
  await adminPage.goto(`/admin/companies/${company.name}`);
  await adminPage.getByRole('link', { name: 'Remove Xero' }).click();
  await expectAccessible(adminPage, 'remove');
  const [box, remove] = [
    adminPage.getByRole('checkbox'),
    adminPage.getByRole('button', { name: 'Remove Xero' }),
  ];
  await box.evaluate((input) => input.removeAttribute('required'));
  await remove.click();
  await expect(alertWith(adminPage, 'Tick the box to confirm')).toBeFocused();
  await box.check();
  await remove.click();
  await expect(adminPage).toHaveURL(`/admin/companies/${company.name}?done=removed`);
  await expect(adminPage.getByText('has not connected anything yet')).toBeVisible();
  await expect(adminPage.getByRole('heading', { name: 'Removed at Codat' })).toBeVisible();
  expect((await codat.findCompany(person.businessName)).dataConnections).toEqual([]);
});

test('with JavaScript off: read anew, disconnect, remove', async ({
  visit,
  adminState,
  person,
  codat,
}) => {
  const page = await visit({ javaScriptEnabled: false, storageState: adminState });
  const company = await codat.findCompany(person.businessName);
  await codat.addConnection(company.id, 'gbol', 'Linked');
  await page.goto(`/admin/companies/${company.name}`);
  await page.getByRole('button', { name: 'Re-read now' }).click();
  await expect(page.getByText(/Read from Codat just now/)).toBeVisible();
  await page.getByRole('link', { name: 'Disconnect Xero' }).click();
  await page.getByRole('button', { name: 'Disconnect Xero' }).click();
  await expect(page.getByText('The connection is disconnected at Codat.')).toBeVisible();
  await page.getByRole('link', { name: 'Remove Xero' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Remove Xero' }).click();
  await expect(page.getByText('The connection is removed at Codat.')).toBeVisible();
  expect((await codat.findCompany(person.businessName)).dataConnections).toEqual([]);
});
