import { expect } from '@playwright/test';
import { connectionEntry, navigationWarning } from './fixtures/connections-page';
import { authorize, choosePlatform, complete } from './fixtures/hosted-link';
import { newPerson } from './fixtures/person';
import { test } from './fixtures/test';

test('a business signs up, connects Xero, loses access and repairs it', async ({
  page,
  visit,
  codat,
  adminPage,
}) => {
  const person = newPerson();
  const panel = await visit();
  const xero = connectionEntry(page, 'Xero');

  await test.step('signs up from the landing page', async () => {
    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: 'Create account' }).click();
    await page.getByLabel('Your name').fill(person.name);
    await page.getByLabel('Business name').fill(person.businessName);
    await page.getByLabel('Email').fill(person.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page).toHaveURL('/connections');
    await expect(page.getByRole('heading', { name: 'Connect your first account' })).toBeVisible();
    expect(await codat.countCompanies(person.businessName)).toBe(1);
  });

  await test.step('reads what is shared and agrees', async () => {
    await page.getByRole('link', { name: 'Connect your software' }).click();
    await expect(page).toHaveURL('/connect');
    await expect(page.getByText('codat.io', { exact: true })).toBeVisible();
    const leave = page.getByRole('button', { name: 'Continue to Codat' });
    await leave.click();
    // The box is a required one: nothing happens before it is ticked.
    await expect(page).toHaveURL('/connect');
    await page.getByRole('checkbox', { name: /^I agree/ }).check();
    await leave.click();
  });

  await test.step('connects Xero at Hosted Link', async () => {
    await expect(page.getByRole('heading', { name: 'Connect your business data' })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(codat.url);
    await choosePlatform(page, 'Xero');
    expect(new URL(page.url()).origin).not.toBe(codat.url);
    await authorize(page, 'Xero');
    await page.getByRole('button', { name: 'Continue' }).click();
    await complete(page);
  });

  await test.step('comes back to a confirmation with a clean address', async () => {
    await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();
    await expect(page).toHaveURL(/\/link\/done\/[0-9a-f-]{36}$/);
    await page.getByRole('link', { name: 'Go to your connections' }).click();
    await expect(xero.getByText('Connected', { exact: true })).toBeVisible();
    await expect(navigationWarning(page)).toBeHidden();
  });

  await test.step('sees within 2 s, without a reload, that access was revoked at Xero', async () => {
    const { id } = await codat.findCompany(person.businessName);
    await panel.goto(`${codat.url}/_sandbox/companies/${id}`);
    let navigations = 0;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) navigations += 1;
    });
    await Promise.all([
      panel.getByRole('button', { name: 'Revoke access at Xero' }).click(),
      expect(xero.getByText('Needs reconnecting', { exact: true })).toBeVisible({ timeout: 2000 }),
    ]);
    expect(navigations).toBe(0);
    await expect(page.getByText('1 connection needs reconnecting').last()).toBeVisible();
    await expect(navigationWarning(page)).toBeVisible();
  });

  await test.step('the warning stands on the detail page and in the admin list', async () => {
    await page.getByRole('link', { name: 'Xero', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Xero' })).toBeVisible();
    await expect(page.getByText('Needs reconnecting', { exact: true }).first()).toBeVisible();
    await adminPage.goto(`/admin/companies?q=${encodeURIComponent(person.businessName)}`);
    await expect(
      adminPage.getByRole('row', { name: person.businessName }).getByText('Needs reconnecting'),
    ).not.toHaveCount(0);
  });

  await test.step('one click leads straight to Xero, and repairs it', async () => {
    await page.getByRole('button', { name: 'Reconnect Xero' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in to Xero' })).toBeVisible();
    await authorize(page, 'Xero');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();
    await expect(page).toHaveURL(/\/link\/done\//);
  });

  await test.step('the warning is gone everywhere', async () => {
    await expect(navigationWarning(page)).toBeHidden();
    await page.getByRole('link', { name: 'Go to your connections' }).click();
    await expect(xero.getByText('Connected', { exact: true })).toBeVisible();
    await expect(page.getByText(/needs? reconnecting/i)).toHaveCount(0);
    await xero.getByRole('link', { name: 'Xero', exact: true }).click();
    const facts = page.getByRole('main').getByText('Connected', { exact: true }).first();
    await expect(facts).toBeVisible();
    await expect(page.getByRole('button', { name: /Reconnect/ })).toHaveCount(0);

    const row = adminPage.getByRole('row', { name: person.businessName });
    await expect(row.getByText('Connected').first()).toBeVisible();
    await expect(row.getByText('Needs reconnecting')).toHaveCount(0);
  });
});

test('a double press and a second tab make one company', async ({ page, visit, codat }) => {
  const person = newPerson();
  const other = await visit();
  for (const tab of [page, other]) {
    await tab.goto('/sign-up');
    await tab.getByLabel('Your name').fill(person.name);
    await tab.getByLabel('Business name').fill(person.businessName);
    await tab.getByLabel('Email').fill(person.email);
    await tab.getByRole('textbox', { name: 'Password' }).fill(person.password);
  }
  await Promise.all([
    page.getByRole('button', { name: 'Create account' }).dblclick(),
    other.getByRole('button', { name: 'Create account' }).click(),
  ]);
  for (const tab of [page, other]) {
    await expect(tab).toHaveURL('/connections');
    await expect(tab.getByRole('heading', { name: 'Connect your first account' })).toBeVisible();
  }
  expect(await codat.countCompanies(person.businessName)).toBe(1);
});
