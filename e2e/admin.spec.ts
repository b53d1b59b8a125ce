import { expect, type Locator, type Page } from '@playwright/test';
import { connectionEntry } from './fixtures/connections-page';
import { connect } from './fixtures/hosted-link';
import { demoAdmin, newPerson, submitSignIn } from './fixtures/person';
import { signUpUnseen } from './fixtures/signed-in';
import { test } from './fixtures/test';

function rowOf(page: Page, businessName: string): Locator {
  return page
    .getByRole('table', { name: 'Companies' })
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: businessName, exact: true }) });
}

async function search(page: Page, words: string): Promise<void> {
  await page.getByRole('searchbox').fill(words);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/[?&]q=/);
}

test('a company is found by name, e-mail, portal id and Codat id', async ({
  adminPage,
  person,
  codat,
}) => {
  const company = await codat.findCompany(person.businessName);
  const words = [
    person.businessName.toUpperCase(),
    person.email,
    person.email.split('@')[0] ?? '',
    company.name,
    company.id,
  ];
  for (const word of words) {
    await adminPage.goto('/admin/companies');
    await search(adminPage, word);
    await expect(rowOf(adminPage, person.businessName)).toBeVisible();
    await expect(adminPage.getByRole('row')).toHaveCount(2);
    await expect(adminPage.getByRole('searchbox')).toHaveValue(word);
  }
});

test('staff who are signed out sign in and come back to what they opened', async ({
  page,
  person,
  visit,
}) => {
  const desk = await visit();
  await desk.goto(`/admin/companies?q=${encodeURIComponent(person.businessName)}`);
  await expect(desk).toHaveURL(/\/sign-in\?callbackUrl=/);
  await submitSignIn(desk, demoAdmin);
  await expect(rowOf(desk, person.businessName)).toBeVisible();
  await expect(desk.getByRole('row')).toHaveCount(2);
  // To a customer the same address is nothing at all.
  expect((await page.request.get('/admin/companies')).status()).toBe(404);
});

test('a search without a result says so, and leads back', async ({ adminPage }) => {
  await adminPage.goto('/admin/companies');
  for (const words of ['no business is called this', '%', '_', "'; drop table companies; --"]) {
    await search(adminPage, words);
    await expect(adminPage.getByRole('heading', { name: 'No company matches' })).toBeVisible();
  }
  await adminPage.getByRole('link', { name: 'Show all companies' }).click();
  await expect(adminPage.getByRole('table', { name: 'Companies' })).toBeVisible();
});

test('the filter shows companies of one state alone', async ({ adminPage, person, codat }) => {
  const company = await codat.findCompany(person.businessName);
  await codat.addConnection(company.id, 'gbol', 'Deauthorized');
  const filter = adminPage.getByRole('navigation', { name: 'Filter by state' });
  const mine = rowOf(adminPage, person.businessName);

  await adminPage.goto(`/admin/companies?q=${encodeURIComponent(person.businessName)}`);
  await expect(mine.getByText('Needs reconnecting', { exact: true }).first()).toBeVisible();
  await filter.getByRole('link', { name: /Needs reconnecting/ }).click();
  await expect(filter.getByRole('link', { name: /Needs reconnecting/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await expect(mine).toBeVisible();
  await adminPage.goto(
    `/admin/companies?q=${encodeURIComponent(person.businessName)}&status=unfinished`,
  );
  await expect(adminPage.getByRole('heading', { name: 'No company matches' })).toBeVisible();
  await filter.getByRole('link', { name: /^All/ }).click();
  await expect(mine).toBeVisible();
});

test('pages follow each other without a gap or a repetition', async ({ adminPage, database }) => {
  const mark = newPerson().businessName;
  const names = Array.from({ length: 60 }, (_, i) => `${mark} branch ${i + 1}`);
  await database.insertClosedCompanies(names);
  const pages = adminPage.getByRole('navigation', { name: 'Pages' });
  const shown = async () => {
    const rows = adminPage.getByRole('table', { name: 'Companies' }).getByRole('rowheader');
    return await rows.allTextContents();
  };
  const seen: string[][] = [];
  await adminPage.goto(`/admin/companies?q=${encodeURIComponent(mark)}`);
  seen.push(await shown());
  for (const count of [25, 10]) {
    const last = seen.at(-1)?.[0] ?? '';
    await pages.getByRole('link', { name: 'Next' }).click();
    await expect(rowOf(adminPage, last)).toHaveCount(0);
    seen.push(await shown());
    expect(seen.at(-1)).toHaveLength(count);
  }
  await expect(pages.getByRole('link', { name: 'Next' })).toHaveCount(0);
  expect(new Set(seen.flat())).toEqual(new Set(names));

  await pages.getByRole('link', { name: 'Previous' }).click();
  await expect(rowOf(adminPage, seen[1]?.[0] ?? '')).toBeVisible();
  expect(await shown()).toEqual(seen[1]);
});

test("a company's page tells its whole story and follows live", async ({
  page,
  adminPage,
  person,
  codat,
}) => {
  await connect(page, 'Xero');
  const company = await codat.findCompany(person.businessName);
  const { id } = await codat.findConnection(person.businessName, 'Xero');
  const panel = (name: string) =>
    adminPage.getByRole('main').getByRole('region', { name, exact: true });

  await adminPage.goto(`/admin/companies?q=${encodeURIComponent(person.businessName)}`);
  await adminPage.getByRole('link', { name: person.businessName, exact: true }).click();
  await expect(
    adminPage.getByRole('heading', { level: 1, name: person.businessName }),
  ).toBeVisible();
  await expect(adminPage.getByText(company.name, { exact: true })).toBeVisible();
  await expect(adminPage.getByText(company.id, { exact: true })).toBeVisible();
  await expect(panel('Connections').getByText('Connected', { exact: true }).first()).toBeVisible();
  await expect(panel('Connections').getByText(id)).toBeVisible();
  await expect(panel('People').getByText(person.email)).toBeVisible();
  await expect(panel('Consent').getByText(person.name)).toBeVisible();
  await expect(
    panel('Link sessions').getByText('Connected', { exact: true }).first(),
  ).toBeVisible();

  let navigations = 0;
  adminPage.on('request', (request) => {
    if (request.isNavigationRequest()) navigations += 1;
  });
  await codat.act(id, 'deauthorize');
  await expect(panel('Connections').getByText('Needs reconnecting')).toBeVisible();
  await expect(panel('Timeline').getByText('Xero: Needs reconnecting')).toBeVisible();
  await codat.act(id, 'authorize');
  await expect(panel('Connections').getByText('Connected', { exact: true }).first()).toBeVisible();
  expect(navigations).toBe(0);
});

test('the open list takes in a new company and its first connection', async ({
  adminPage,
  visit,
  codat,
}) => {
  const person = newPerson();
  await adminPage.goto('/admin/companies');
  await expect(adminPage.getByRole('table', { name: 'Companies' })).toBeVisible();
  const customer = await visit();
  await signUpUnseen(customer.context(), person);
  await customer.goto('/connections');
  const row = rowOf(adminPage, person.businessName);
  await expect(row.getByText('Nothing connected')).toBeVisible();
  const company = await codat.findCompany(person.businessName);
  await codat.addConnection(company.id, 'gbol', 'Linked');
  await expect(connectionEntry(customer, 'Xero')).toBeVisible();
  await expect(row.getByText('Connected', { exact: true }).first()).toBeVisible();
});

test('on a phone the list needs no scrolling sideways', async ({ adminPage }) => {
  await adminPage.setViewportSize({ width: 320, height: 700 });
  await adminPage.goto('/admin/companies');
  await expect(adminPage.getByRole('table', { name: 'Companies' })).toBeVisible();
  const excess = await adminPage.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(excess).toBe(0);
});
