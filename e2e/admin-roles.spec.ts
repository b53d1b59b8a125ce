import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import type { LocalCodat } from './fixtures/local-codat';
import type { Person } from './fixtures/person';
import { test } from './fixtures/test';

const main = (page: Page) => page.getByRole('main');
const changes = /Name and tags|Delete|Disconnect|Remove|Assign|Ignore/;

/**
 * Opens the page of a company with one connection that works and one that is broken, and sees what
 * it tells whoever may look: connections, people, events, what happened.
 */
async function openCompany(page: Page, codat: LocalCodat, owner: Person): Promise<void> {
  const company = await codat.findCompany(owner.businessName);
  await codat.addConnection(company.id, 'gbol', 'Linked');
  await codat.addConnection(company.id, 'exgd', 'Deauthorized');
  await page.goto(`/admin/companies/${company.name}`);
  await expect(main(page).getByText('Xero', { exact: true })).toBeVisible();
  await expect(main(page).getByText('Stripe', { exact: true })).toBeVisible();
  await expect(main(page).getByText(owner.email)).toBeVisible();
  await expect(main(page).getByText('Stripe: Needs reconnecting')).toBeVisible();
  await expect(main(page).getByRole('link', { name: 'All events of this company' })).toBeVisible();
  await expect(main(page).getByRole('link', { name: changes })).toHaveCount(0);
  await expect(main(page).getByRole('button', { name: changes })).toHaveCount(0);
}

test('support re-reads a company and copies its link, and changes nothing', async ({
  staffPage,
  person,
  codat,
}) => {
  const desk = await staffPage('support');
  await openCompany(desk, codat, person);
  await desk.getByRole('button', { name: 'Refresh from Codat' }).click();
  await expect(desk.getByText(/Refreshed from Codat\./)).toBeVisible();
  await expectAccessible(desk, 'company, as support');

  await main(desk).getByRole('link', { name: 'Copy Link URL Stripe' }).click();
  await expect(desk.getByRole('radio', { name: /Stripe/ })).toBeChecked();
  await desk.getByRole('button', { name: 'Create a new link' }).click();
  await expect(desk.getByRole('textbox', { name: 'New Link URL' })).toHaveValue(/\/start\?/);

  await desk.goto('/admin/companies');
  await expect(main(desk).getByRole('link', { name: /Export|New company/ })).toHaveCount(0);
});

test('an auditor looks at a company and takes lists away, and asks Codat nothing', async ({
  staffPage,
  person,
  codat,
}) => {
  const desk = await staffPage('auditor');
  await openCompany(desk, codat, person);
  await expect(main(desk).getByRole('button', { name: 'Refresh from Codat' })).toHaveCount(0);
  await expect(main(desk).getByRole('link', { name: /Copy Link URL/ })).toHaveCount(0);
  await expectAccessible(desk, 'company, as auditor');
  await desk.getByRole('link', { name: 'Customer', exact: true }).click();
  await expect(desk.getByText('Nothing like this has happened yet.')).toBeVisible();

  await desk.goto(`/admin/companies?q=${encodeURIComponent(person.businessName)}`);
  await expect(main(desk).getByRole('link', { name: 'New company' })).toHaveCount(0);
  const coming = desk.waitForEvent('download');
  await main(desk).getByRole('link', { name: 'Export CSV' }).click();
  expect((await coming).suggestedFilename()).toMatch(/^companies-.*\.csv$/);
});

test('on a phone the rooms are behind a button, also with scripts off', async ({
  visit,
  adminState,
}) => {
  for (const javaScriptEnabled of [true, false]) {
    const phone = await visit({
      viewport: { width: 390, height: 844 },
      storageState: adminState,
      javaScriptEnabled,
    });
    await phone.goto('/admin/changes');
    const rooms = phone.getByRole('navigation', { name: 'Main' });
    const menu = rooms.getByLabel('Menu');
    await expect(rooms.getByRole('link')).toHaveCount(0);
    await menu.focus();
    await phone.keyboard.press('Enter');
    // The list is one of those that the overview leads to.
    const overview = rooms.getByRole('link', { name: 'Overview' });
    await expect(overview).toHaveAttribute('aria-current', 'true');
    if (javaScriptEnabled) {
      await phone.keyboard.press('Escape');
      await expect(overview).toBeHidden();
      await expect(menu).toBeFocused();
      await phone.keyboard.press('Enter');
      await expectAccessible(phone, 'the menu, open');
      await phone.setViewportSize({ width: 390, height: 844 });
    }
    await rooms.getByRole('link', { name: 'Audit' }).click();
    await expect(phone.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible();
    await expect(rooms.getByRole('link', { name: 'Audit' })).toBeHidden();
  }
});
