import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { insertListed, type ListedCompany } from './fixtures/listed-companies';
import type { StaffRole } from './fixtures/tenant-rows';
import { test } from './fixtures/test';

const mark = () => randomBytes(4).toString('hex');
const table = (page: Page) => page.getByRole('table', { name: 'Companies' });
const company = (page: Page, name: string) => table(page).getByRole('link', { name, exact: true });
const shown = (page: Page) => table(page).getByRole('rowheader').allTextContents();
const total = (page: Page) => page.getByRole('main').getByRole('status');
const filters = (page: Page) => page.getByRole('list', { name: 'Active filters' });
const filterButton = (page: Page) => page.locator('summary', { hasText: 'Filters' });
const open = (page: Page, query: Record<string, string>) =>
  page.goto(`/admin/companies?${new URLSearchParams(query)}`);

/** Waits for the list to be these companies, in this order. */
async function expectShown(page: Page, names: string[]): Promise<void> {
  await expect.poll(() => shown(page)).toEqual(names);
}

const column = (page: Page, name: string): Locator =>
  table(page).getByRole('columnheader', { name, exact: true });

const xero = 'gbol';
const stripe = 'exgd';
const scene = (batch: string): ListedCompany[] => [
  {
    name: `Alder ${batch}`,
    ownerEmail: `a-${batch}@example.com`,
    attention: 'needs_reconnect',
    sinceDays: 40,
    createdDays: 300,
    connections: [
      ['Deauthorized', xero, 'Xero'],
      ['Linked', stripe, 'Stripe'],
    ],
  },
  {
    name: `Birch ${batch}`,
    ownerEmail: `c-${batch}@example.com`,
    attention: 'needs_reconnect',
    sinceDays: 3,
    createdDays: 200,
    connections: [['Deauthorized', stripe, 'Stripe']],
  },
  {
    name: `Cedar ${batch}`,
    ownerEmail: `b-${batch}@example.com`,
    sinceDays: 100,
    createdDays: 100,
    connections: [
      ['Linked', xero, 'Xero'],
      ['Linked', xero, 'Xero'],
      ['Linked', xero, 'Xero'],
    ],
  },
];
const [alder, birch, cedar] = ['Alder', 'Birch', 'Cedar'];

test('the list follows the words while they are typed', async ({ adminPage }) => {
  const batch = mark();
  await insertListed(batch, scene(batch));
  await open(adminPage, { status: 'needs_reconnect' });
  let loads = 0;
  adminPage.on('request', (request) => {
    if (request.isNavigationRequest()) loads += 1;
  });
  const field = adminPage.getByRole('searchbox');
  await field.pressSequentially(batch);
  await expect(total(adminPage)).toHaveText('2 companies');
  await expect(adminPage).toHaveURL(`/admin/companies?q=${batch}&status=needs_reconnect`);
  await field.pressSequentially(' birch');
  await expectShown(adminPage, [`${birch} ${batch}`]);
  await expect(total(adminPage)).toHaveText('1 company');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(`${batch} birch`);

  // Going back leaves the words behind that were typed one after the other, all at once.
  await company(adminPage, `${birch} ${batch}`).click();
  await expect(adminPage.getByRole('heading', { level: 1, name: birch })).toBeVisible();
  await adminPage.goBack();
  await expect(field).toHaveValue(`${batch} birch`);
  await expectShown(adminPage, [`${birch} ${batch}`]);
  await field.clear();
  await expect(adminPage).toHaveURL('/admin/companies?status=needs_reconnect');
  expect(loads).toBe(0);
});

test('filters narrow down, are named, and are taken away again', async ({ adminPage }) => {
  const batch = mark();
  await insertListed(batch, scene(batch));
  await open(adminPage, { q: batch, sort: 'name' });
  await expectShown(adminPage, [`${alder} ${batch}`, `${birch} ${batch}`, `${cedar} ${batch}`]);
  const button = filterButton(adminPage);

  await button.click();
  await adminPage
    .getByLabel('Connection status', { exact: true })
    .selectOption('Needs reconnecting');
  await adminPage.getByLabel('Platform', { exact: true }).selectOption('Xero');
  await adminPage.getByRole('button', { name: 'Apply' }).click();
  await expectShown(adminPage, [`${alder} ${batch}`]);
  await expect(filters(adminPage)).toContainText('Connection status Needs reconnecting');
  await expect(filters(adminPage)).toContainText('Platform Xero');
  await expect(adminPage.getByRole('button', { name: 'Apply' })).toBeHidden();
  expect(Object.fromEntries(new URL(adminPage.url()).searchParams)).toEqual({
    q: batch,
    sort: 'name',
    connection: 'Deauthorized',
    platform: xero,
    // Of dates, had any been given.
    zone: 'UTC',
  });

  await adminPage.reload();
  await expectShown(adminPage, [`${alder} ${batch}`]);
  await button.click();
  await expect(adminPage.getByLabel('Platform', { exact: true })).toHaveValue(xero);
  await adminPage.keyboard.press('Escape');
  await filters(adminPage).getByRole('link', { name: 'Remove filter Platform Xero' }).click();
  await expectShown(adminPage, [`${alder} ${batch}`, `${birch} ${batch}`]);

  await button.click();
  await adminPage
    .getByLabel('In this state for', { exact: true })
    .selectOption('More than 30 days');
  await adminPage.getByLabel('Created from', { exact: true }).fill('2020-01-01');
  await adminPage.getByLabel('Tag', { exact: true }).fill(`batch=${batch}`);
  await adminPage.getByRole('button', { name: 'Apply' }).click();
  await expectShown(adminPage, [`${alder} ${batch}`]);
  await expect(filters(adminPage).getByRole('listitem')).toHaveCount(5);
  await filters(adminPage).getByRole('link', { name: 'Clear all' }).click();
  await expectShown(adminPage, [`${alder} ${batch}`, `${birch} ${batch}`, `${cedar} ${batch}`]);
  await expect(filters(adminPage)).toHaveCount(0);
  expect(Object.fromEntries(new URL(adminPage.url()).searchParams)).toEqual({
    q: batch,
    sort: 'name',
  });
});

test('filters by keyboard alone', async ({ adminPage }) => {
  const batch = mark();
  await insertListed(batch, scene(batch));
  await open(adminPage, { q: batch, sort: 'name' });
  await adminPage.getByRole('searchbox').focus();
  await adminPage.keyboard.press('Tab');
  await adminPage.keyboard.press('Tab');
  await adminPage.keyboard.press('Enter');
  await adminPage.keyboard.press('Tab');
  await expect(adminPage.getByLabel('Connection status', { exact: true })).toBeFocused();
  await adminPage.keyboard.press('Escape');
  await expect(adminPage.getByLabel('Connection status', { exact: true })).toBeHidden();
  await adminPage.keyboard.press('Enter');
  await adminPage.keyboard.press('Tab');
  await adminPage.keyboard.type('Connected');
  await expect(adminPage.getByLabel('Connection status', { exact: true })).toHaveValue('Linked');
  const apply = adminPage.getByRole('button', { name: 'Apply' });
  const isFocused = () => apply.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 20 && !(await isFocused()); presses += 1) {
    await adminPage.keyboard.press('Tab');
  }
  await adminPage.keyboard.press('Enter');
  await expectShown(adminPage, [`${alder} ${batch}`, `${cedar} ${batch}`]);
  await expect(filterButton(adminPage)).toBeFocused();
});

test('every column sorts, from either end', async ({ adminPage }) => {
  const batch = mark();
  await insertListed(batch, scene(batch));
  await open(adminPage, { tag: `batch=${batch}` });
  const named = (letters: string) =>
    [...letters].map(
      (letter) => `${{ a: alder, b: birch, c: cedar }[letter as 'a' | 'b' | 'c']} ${batch}`,
    );
  const created = column(adminPage, 'Created');
  await expect(created).toHaveAttribute('aria-sort', 'descending');
  await expectShown(adminPage, named('cba'));
  for (const [name, direction, order] of [
    ['Company', 'ascending', 'abc'],
    ['Owner', 'ascending', 'acb'],
    ['State', 'ascending', 'abc'],
    ['Since', 'ascending', 'cab'],
    ['Connections', 'descending', 'cab'],
    ['Created', 'descending', 'cba'],
  ] as const) {
    const head = column(adminPage, name);
    await head.getByRole('link').click();
    await expect(head).toHaveAttribute('aria-sort', direction);
    await expectShown(adminPage, named(order));
    await head.getByRole('link').click();
    const other = direction === 'ascending' ? 'descending' : 'ascending';
    await expect(head).toHaveAttribute('aria-sort', other);
    await expectShown(adminPage, named([...order].reverse().join('')));
    await expect(table(adminPage).locator('[aria-sort]')).toHaveCount(1);
  }
  // The age of what is known is shown, and does not sort.
  await expect(column(adminPage, 'Checked')).toBeVisible();
  await expect(column(adminPage, 'Checked').getByRole('link')).toHaveCount(0);
});

test('one leafs from page to page, to the last and back to the first', async ({ adminPage }) => {
  const batch = mark();
  const names = Array.from({ length: 60 }, (_, i) => `Oak ${String(i).padStart(2, '0')} ${batch}`);
  await insertListed(
    batch,
    names.map((name) => ({ name })),
  );
  const pages = adminPage.getByRole('navigation', { name: 'Pages' });
  const go = (name: string) => pages.getByRole('link', { name }).click();
  await open(adminPage, { q: batch, sort: 'name' });
  await expectShown(adminPage, names.slice(0, 25));
  await expect(pages.getByRole('link')).toHaveCount(2);
  await go('Last');
  await expectShown(adminPage, names.slice(35));
  await expect(pages.getByRole('link')).toHaveCount(2);
  await go('Previous');
  await expectShown(adminPage, names.slice(10, 35));
  await go('First');
  await expectShown(adminPage, names.slice(0, 25));
  await go('Next');
  await expectShown(adminPage, names.slice(25, 50));
  // A place in one order is none in another.
  await column(adminPage, 'Company').getByRole('link').click();
  await expectShown(adminPage, names.toReversed().slice(0, 25));
  await adminPage.goBack();
  await expectShown(adminPage, names.slice(25, 50));
  await expect(total(adminPage)).toHaveText('60 companies');
});

test('what is unassigned is a list of its own, what is ignored too', async ({ adminPage }) => {
  const batch = mark();
  const [found] = await insertListed(batch, [
    { name: `Found ${batch}`, origin: 'codat' },
    { name: `Let go ${batch}`, origin: 'codat', ignored: true },
    { name: `Taken ${batch}`, origin: 'codat', ownerEmail: `t-${batch}@example.com` },
  ]);
  const kinds = adminPage.getByRole('navigation', { name: 'Filter by state' });
  await open(adminPage, { tag: `batch=${batch}`, sort: 'name' });
  await expectShown(adminPage, [`Found ${batch}`, `Taken ${batch}`]);
  await kinds.getByRole('link', { name: /^Unassigned/ }).click();
  await expectShown(adminPage, [`Found ${batch}`]);
  await expect(table(adminPage).getByText('Unassigned')).toBeVisible();
  await expect(company(adminPage, `Found ${batch}`)).toHaveAttribute(
    'href',
    `/admin/companies/${found}`,
  );
  await kinds.getByRole('link', { name: /^Ignored/ }).click();
  await expectShown(adminPage, [`Let go ${batch}`]);
  await kinds.getByRole('link', { name: /^All/ }).click();
  await expectShown(adminPage, [`Found ${batch}`, `Taken ${batch}`]);
});

test('an empty list says why it is empty', async ({ adminPage }) => {
  const batch = mark();
  const heading = (name: string) => adminPage.getByRole('heading', { name });
  await open(adminPage, { q: batch });
  await expect(heading('No company matches')).toBeVisible();
  await expect(adminPage.getByText(`Nothing found for “${batch}”.`)).toBeVisible();
  await expect(total(adminPage)).toHaveText('No companies');
  await open(adminPage, { tag: batch, type: 'Banking' });
  await expect(heading('No company matches')).toBeVisible();
  await adminPage.getByRole('link', { name: 'Show all companies' }).click();
  await expect(table(adminPage)).toBeVisible();
});

test.describe('taking the list away', () => {
  test('is a file with what is listed, in its order', async ({ adminPage }) => {
    const batch = mark();
    await insertListed(batch, [
      ...scene(batch),
      { name: `=HYPERLINK("https://evil.example","${batch}")`, attention: 'needs_reconnect' },
    ]);
    await open(adminPage, { q: batch, status: 'needs_reconnect', sort: '-name' });
    const downloading = adminPage.waitForEvent('download');
    await adminPage.getByRole('link', { name: 'Export CSV' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^companies-\d{4}-\d\d-\d\d\.csv$/);
    const text = readFileSync(await download.path(), 'utf8');
    const lines = text.split('\r\n');
    expect(text.startsWith('\uFEFFPortal ID,Company,Owner,State,')).toBe(true);
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain(`,${birch} ${batch},c-${batch}@example.com,Needs reconnecting,`);
    expect(lines[2]).toMatch(
      /Xero: Needs reconnecting; Stripe: Connected|Stripe: Connected; Xero: /,
    );
    expect(lines[3]).toContain(`"'=HYPERLINK(""https://evil.example"",""${batch}"")"`);
  });

  for (const [role, may] of Object.entries({ auditor: true, support: false })) {
    test(`is ${may ? '' : 'not '}for the role ${role}`, async ({ staffPage }) => {
      const page = await staffPage(role as StaffRole);
      await open(page, {});
      await expect(table(page)).toBeVisible();
      await expect(page.getByRole('link', { name: 'Export CSV' })).toHaveCount(may ? 1 : 0);
      const answer = await page.request.get('/admin/companies/export?q=nothing-at-all');
      expect(answer.status()).toBe(may ? 200 : 404);
      if (may) expect(answer.headers()['cache-control']).toContain('no-store');
    });
  }
});

test.describe('without JavaScript', () => {
  test('search, filters, order and pages are links and forms', async ({ visit, adminState }) => {
    const batch = mark();
    const names = Array.from(
      { length: 30 },
      (_, i) => `Elm ${String(i).padStart(2, '0')} ${batch}`,
    );
    await insertListed(batch, [...names.map((name) => ({ name })), ...scene(batch)]);
    const page = await visit({ javaScriptEnabled: false, storageState: adminState });
    await page.goto('/admin/companies');
    await page.getByRole('searchbox').fill(`${batch} elm`);
    await page.getByRole('button', { name: 'Search' }).click();
    await column(page, 'Company').getByRole('link').click();
    await expectShown(page, names.slice(0, 25));
    await page.getByRole('link', { name: 'Next' }).click();
    await expectShown(page, names.slice(25));
    await page.getByRole('searchbox').fill(batch);
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(table(page).getByRole('rowheader')).toHaveCount(25);
    await filterButton(page).click();
    await page.getByLabel('Connection status', { exact: true }).selectOption('Deauthorized');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expectShown(page, [`${alder} ${batch}`, `${birch} ${batch}`]);
    await page.getByRole('link', { name: /^Remove filter/ }).click();
    await expect(table(page).getByRole('rowheader')).toHaveCount(25);
  });
});

test.describe('the list is accessible', () => {
  const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

  test('with filters', async ({ adminPage }) => {
    const batch = mark();
    await insertListed(batch, scene(batch));
    await open(adminPage, { tag: `batch=${batch}`, since: '1', connection: 'Deauthorized' });
    await expect(table(adminPage)).toBeVisible();
    await expectAccessible(adminPage, 'filtered');
  });

  test('with the filters open', async ({ adminPage }) => {
    const batch = mark();
    await insertListed(batch, scene(batch));
    await open(adminPage, { tag: `batch=${batch}` });
    await filterButton(adminPage).click();
    await expect(adminPage.getByLabel('Platform', { exact: true })).toBeVisible();
    await expectAccessible(adminPage, 'filters open');
  });

  test('with long texts', async ({ adminPage }) => {
    const batch = mark();
    await insertListed(batch, [
      {
        name: `${long} ${'of the far and further shores '.repeat(8)}${batch}`,
        ownerEmail: `${'very-long-'.repeat(12)}${batch}@${'sub.'.repeat(20)}example.com`,
        attention: 'needs_reconnect',
        connections: Array.from({ length: 9 }, () => ['Deauthorized', xero, `Xero ${long}`]),
      },
      { name: `${long}${batch}`, origin: 'codat' },
    ]);
    await open(adminPage, { tag: `batch=${batch}` });
    await expect(table(adminPage)).toBeVisible();
    await expectAccessible(adminPage, 'long texts');
  });
});
