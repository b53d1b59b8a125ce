import { expect } from '@playwright/test';
import { connectionEntry } from './fixtures/connections-page';
import { test } from './fixtures/test';

const hour = 60 * 60 * 1000;

test.describe('a company that is deleted at Codat', () => {
  test('is shown as such to the customer and to staff, and stays the only one', async ({
    page,
    person,
    codat,
    adminPage,
  }) => {
    const company = await codat.findCompany(person.businessName);
    const { id } = await codat.addConnection(company.id, 'gbol', 'Linked');
    await page.goto('/connections');
    await expect(connectionEntry(page, 'Xero')).toBeVisible();
    await adminPage.goto(`/admin/companies/${company.name}`);
    await expect(adminPage.getByRole('heading', { name: person.businessName })).toBeVisible();

    await codat.deleteCompany(company.id);
    // Nobody touches the pages.
    const notice = page.getByText('This business is no longer set up for sharing');
    await expect(notice).toBeVisible();
    await expect(connectionEntry(page, 'Xero')).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('link', { name: /Connect|Add a/ })).toHaveCount(
      0,
    );
    await expect(adminPage.getByText('This company was deleted at Codat.')).toBeVisible();

    await page.goto('/connect');
    await expect(notice).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue to Codat' })).toHaveCount(0);
    expect((await page.request.get(`/connections/${id}`)).status()).toBe(404);
    expect(await codat.countCompanies(person.businessName)).toBe(0);
  });
});

test.describe('knowledge that is older than it should be', () => {
  test('is shown with its age, to the customer and to staff', async ({
    page,
    person,
    codat,
    database,
    adminPage,
  }) => {
    const { id: companyId, name } = await codat.findCompany(person.businessName);
    const { id } = await codat.addConnection(companyId, 'gbol', 'Linked');
    await page.goto('/connections');
    await expect(connectionEntry(page, 'Xero')).toBeVisible();
    await expect.poll(() => database.countWaitingEvents(companyId)).toBe(0);
    const old = page.getByText('This may be out of date');

    // A read or an event that comes in between makes the knowledge new again, so ask again.
    await expect(async () => {
      await database.setLastKnown(companyId, new Date(Date.now() - 50 * hour));
      await page.goto('/connections');
      await expect(old).toBeVisible({ timeout: 1000 });
      await expect(
        page.getByText(/check with the connection service since 2 days ago/),
      ).toBeVisible();
      await page.goto(`/connections/${id}`);
      await expect(old).toBeVisible({ timeout: 1000 });
      await adminPage.goto(`/admin/companies/${name}`);
      await expect(adminPage.getByText('This may be out of date')).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 30_000 });

    await codat.act(id, 'deauthorize');
    await page.goto('/connections');
    await expect(page.getByText('Needs reconnecting').first()).toBeVisible();
    await expect(old).toHaveCount(0);
  });

  test('is shown even where there is nothing else to show', async ({
    page,
    person,
    codat,
    database,
  }) => {
    const { id } = await codat.findCompany(person.businessName);
    await expect(async () => {
      await database.setLastKnown(id, null);
      await page.goto('/connections');
      await expect(page.getByText('This may be out of date')).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    await expect(page.getByRole('heading', { name: 'Add your first connection' })).toBeVisible();
  });
});
