import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { authorize, choosePlatform, complete } from './fixtures/hosted-link';
import { newPerson } from './fixtures/person';
import { test } from './fixtures/test';

const panel = (page: Page, name: string) =>
  page.getByRole('main').getByRole('region', { name, exact: true });

const alertWith = (page: Page, hasText: string) => page.getByRole('alert').filter({ hasText });

test('a re-read says what no webhook has told, and a note stays with staff', async ({
  page,
  adminPage,
  person,
  codat,
}) => {
  const company = await codat.findCompany(person.businessName);
  await adminPage.goto(`/admin/companies/${company.name}`);
  const reread = adminPage.getByRole('button', { name: 'Refresh from Codat' });
  await reread.click();
  await expect(adminPage.getByText('Refreshed from Codat. No changes.')).toBeVisible();
  await codat.changeCompany(company.id, { description: 'possible fraud, ask Dave' });
  await reread.click();
  await expect(adminPage.getByText('Its note at Codat changed.')).toBeVisible();
  await expect(panel(adminPage, 'Company').getByText('possible fraud, ask Dave')).toBeVisible();
  const heading = adminPage.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(person.businessName);
  for (const path of ['/connections', '/connect', '/account']) {
    await page.goto(path);
    await expect(page.getByRole('main')).not.toContainText('fraud');
  }
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
  await expect(adminPage.getByText('hasn’t connected anything yet')).toBeVisible();
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
  await page.getByRole('button', { name: 'Refresh from Codat' }).click();
  await expect(page.getByText(/Refreshed from Codat\./)).toBeVisible();
  await page.getByRole('link', { name: 'Disconnect Xero' }).click();
  await page.getByRole('button', { name: 'Disconnect Xero' }).click();
  await expect(page.getByText('The connection is disconnected at Codat.')).toBeVisible();
  await page.getByRole('link', { name: 'Remove Xero' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Remove Xero' }).click();
  await expect(page.getByText('The connection has been removed at Codat.')).toBeVisible();
  expect((await codat.findCompany(person.businessName)).dataConnections).toEqual([]);
});

test('name and tags are kept at Codat, and what is changed there is not overruled', async ({
  adminPage,
  page,
  person,
  codat,
}) => {
  await page.goto('/connections');
  const company = await codat.findCompany(person.businessName);
  await adminPage.goto(`/admin/companies/${company.name}`);
  await adminPage.getByRole('link', { name: 'Name and tags' }).click();
  await expectAccessible(adminPage, 'name and tags');
  const renamed = `${person.businessName} Café`;
  await adminPage.getByLabel('Business name').fill(renamed);
  await adminPage.getByRole('button', { name: 'Save name' }).click();
  await expect(adminPage.getByRole('heading', { level: 1, name: renamed })).toBeVisible();
  expect((await codat.findCompany(renamed)).name).toBe(company.name);
  await expect(page.getByText(renamed).first()).toBeVisible();

  await adminPage.getByRole('link', { name: 'Name and tags' }).click();
  await adminPage.getByLabel('Name of tag 1').fill('region');
  await adminPage.getByLabel('Value of tag 1').fill('north');
  await codat.changeCompany(company.id, { tags: { uid: company.name, tier: 'gold' } });
  const save = adminPage.getByRole('button', { name: 'Save tags' });
  await save.click();
  await expect(alertWith(adminPage, 'changed at Codat while you were looking')).toBeVisible();
  await expect(adminPage.getByLabel('Value of tag 1')).toHaveValue('gold');
  await adminPage.getByLabel('Name of tag 2').fill('uid');
  await save.click();
  await expect(alertWith(adminPage, 'Name of tag 2')).toBeFocused();
  await adminPage.getByLabel('Name of tag 2').fill('region');
  await adminPage.getByLabel('Value of tag 2').fill('north');
  await save.click();
  await expect(adminPage.getByText('The tags are saved at Codat.')).toBeVisible();
  await expect(panel(adminPage, 'Company').getByText('region north')).toBeVisible();
});

test('a copied link is shown once, and its customer needs no account', async ({
  adminPage,
  visit,
  person,
  codat,
}) => {
  const company = await codat.findCompany(person.businessName);
  const shopify = await codat.addConnection(company.id, 'fztf', 'Deauthorized');
  await adminPage.goto(`/admin/companies/${company.name}`);
  await panel(adminPage, 'Connections')
    .getByRole('link', { name: 'Copy Link URL Shopify' })
    .click();
  await expect(adminPage.getByRole('radio', { name: /Shopify/ })).toBeChecked();
  const fresh = adminPage.getByRole('textbox', { name: 'New Link URL' });
  const make = adminPage.getByRole('button', { name: 'Create a new link' });
  await make.click();
  await expect(fresh).toBeFocused();
  await expect(fresh).toHaveValue(new RegExp(`/connections/${shopify.id}/start\\?`));
  await adminPage.getByRole('radio', { name: /Company link/ }).check();
  await adminPage.getByRole('button', { name: 'Create another' }).click();
  await expect(fresh).toHaveValue(/\/company\//);
  await expectAccessible(adminPage, 'a copied link');
  const url = await fresh.inputValue();
  await adminPage.reload();
  await expect(make).toBeVisible();
  await expect(fresh).toHaveCount(0);
  expect(await adminPage.content()).not.toContain(new URL(url).searchParams.get('state'));

  const customer = await visit();
  await customer.goto(url);
  await choosePlatform(customer, 'Xero');
  await authorize(customer, 'Xero');
  await customer.getByRole('button', { name: 'Continue' }).click();
  await complete(customer);
  await expect(customer).toHaveURL('/link/thanks?outcome=connected');
  // Anyone can type this address, so the page says nothing as if it knew.
  await expect(customer.getByRole('heading', { name: 'Thank you', exact: true })).toBeVisible();
  await expect(customer.getByText('If you’ve just connected something')).toBeVisible();
  await expect(customer.getByText(person.businessName)).toHaveCount(0);
  await adminPage.goto(`/admin/companies/${company.name}`);
  await expect(panel(adminPage, 'Connections').getByText('Xero')).toBeVisible();
});

test('what could not be copied says so, and is selected', async ({
  adminPage,
  page,
  person,
  codat,
}) => {
  const company = await codat.findCompany(person.businessName);
  const xero = await codat.addConnection(company.id, 'gbol', 'Linked');
  for (const tab of [adminPage, page]) {
    await tab.addInitScript(() => {
      const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: refuse } });
    });
  }
  const selected = (tab: Page) => tab.evaluate(() => String(getSelection()));
  await adminPage.goto(`/admin/companies/${company.name}/link`);
  await adminPage.getByRole('button', { name: 'Create a new link' }).click();
  await adminPage.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(adminPage.getByText('Not copied. Press Ctrl+C.')).toBeVisible();
  expect(await selected(adminPage)).toMatch(/^http.*\/company\//);

  await page.goto(`/connections/${xero.id}`);
  await page.getByRole('button', { name: 'Copy Reference' }).click();
  await expect(page.getByText('Not copied. Press Ctrl+C.')).toBeVisible();
  expect(await selected(page)).toBe(xero.id);
});

test('a platform whose logo is not held shows its initial, for staff and customers', async ({
  adminPage,
  page,
  person,
  codat,
  rows,
}) => {
  const company = await codat.findCompany(person.businessName);
  const xero = await codat.addConnection(company.id, 'gbol', 'Linked');
  // A platform of this test's own.
  const logoless = await codat.addConnection(company.id, 'fqly', 'Linked');
  const logo = () => page.request.get('/api/platforms/fqly/logo');
  await expect.poll(async () => (await logo()).status()).toBe(200);
  await rows.query(`update integrations set logo = null where platform_key = 'fqly'`);
  await page.goto('/connections');
  await expect(page.getByRole('heading', { name: 'Clover', exact: true })).toBeVisible();
  for (const [tab, path] of [
    [page, '/connections'],
    [page, `/connections/${logoless.id}`],
    [adminPage, `/admin/companies/${company.name}`],
    [adminPage, '/admin/connections?status=Linked&platform=fqly'],
  ] as const) {
    await tab.goto(path);
    await expect(tab.getByText('C', { exact: true }).first(), path).toBeVisible();
    const broken = await tab
      .locator('img')
      .evaluateAll((images) =>
        (images as HTMLImageElement[]).filter((image) => image.naturalWidth === 0).map(String),
      );
    expect(broken, path).toEqual([]);
  }
  await page.goto(`/connections/${xero.id}`);
  await expect(page.locator('main img')).toHaveCount(1);
  // A logo that has gone since the page was made: browsers show what the answer draws.
  const gone = await logo();
  expect([gone.status(), gone.headers()['content-type']]).toEqual([404, 'image/svg+xml']);
});

test('a company is made once for a customer without an account, and a namesake only on purpose', async ({
  adminPage,
  codat,
}) => {
  const { businessName } = newPerson();
  await adminPage.goto('/admin/companies');
  await adminPage.getByRole('link', { name: 'New company' }).click();
  await expect(adminPage.getByRole('heading', { level: 1, name: 'New company' })).toBeVisible();
  await expectAccessible(adminPage, 'new company');
  await adminPage.getByLabel('Business name').fill(businessName);
  await adminPage.getByRole('button', { name: 'Create company' }).dblclick();
  await expect(adminPage.getByRole('heading', { level: 1, name: businessName })).toBeVisible();
  await expect(adminPage.getByText('Next, copy its link')).toBeVisible();
  await expect(adminPage.getByText('No one has an account for it')).toBeVisible();
  await expect(adminPage.getByRole('link', { name: 'Copy Link URL' })).toBeVisible();
  expect(await codat.countCompanies(businessName)).toBe(1);

  await adminPage.goto('/admin/companies/new');
  await adminPage.getByLabel('Business name').fill(businessName);
  await adminPage.getByRole('button', { name: 'Create company' }).click();
  await expect(alertWith(adminPage, 'Create another with this name')).toBeFocused();
  expect(await codat.countCompanies(businessName)).toBe(1);
});

test('a company found at Codat is ignored, taken back and assigned', async ({
  adminPage,
  page,
  person,
  codat,
  database,
}) => {
  const name = `Found ${newPerson().businessName}`;
  const companyId = await database.insertFoundCompany(await codat.createCompany(name), name);
  await adminPage.goto(`/admin/companies/${companyId}`);
  await expect(adminPage.getByText('No customer assigned')).toBeVisible();
  await adminPage.getByRole('button', { name: 'Ignore' }).click();
  await expect(adminPage.getByText('Staff marked it as not a customer')).toBeVisible();
  await adminPage.getByRole('button', { name: 'Stop ignoring' }).click();
  await expect(adminPage.getByText('No customer assigned')).toBeVisible();
  await adminPage.getByRole('link', { name: 'Assign', exact: true }).click();
  await adminPage.getByLabel('Customer’s email').fill(newPerson().email);
  await adminPage.getByRole('button', { name: 'Find' }).click();
  await expect(adminPage.getByText('No account has this address')).toBeVisible();
  await adminPage.getByLabel('Customer’s email').fill(person.email);
  await adminPage.getByRole('button', { name: 'Find' }).click();
  await expect(adminPage.getByRole('heading', { name: person.name })).toBeVisible();
  await expectAccessible(adminPage, 'assign');
  await adminPage.getByRole('button', { name: `Assign to ${person.name}` }).click();
  await expect(panel(adminPage, 'People').getByText(person.email)).toBeVisible();
  await page.goto('/connections');
  await page.getByLabel('Your account').click();
  await expect(page.getByRole('button', { name })).toBeVisible();
});

test('deleting a company wants its name, and is final', async ({ adminPage, person, codat }) => {
  const company = await codat.findCompany(person.businessName);
  await adminPage.goto(`/admin/companies/${company.name}`);
  await adminPage.getByRole('link', { name: 'Delete company' }).click();
  await expectAccessible(adminPage, 'delete');
  const [typed, remove] = [
    adminPage.getByLabel('Company name'),
    adminPage.getByRole('button', { name: 'Delete company' }),
  ];
  await typed.fill('something else');
  await remove.click();
  await expect(alertWith(adminPage, 'Company name')).toBeFocused();
  expect(await codat.countCompanies(person.businessName)).toBe(1);
  await typed.fill(person.businessName);
  await remove.click();
  await expect(adminPage.getByText('The company has been deleted at Codat.')).toBeVisible();
  await expect(adminPage.getByRole('link', { name: 'Delete company' })).toHaveCount(0);
  expect(await codat.countCompanies(person.businessName)).toBe(0);
});

test('the timeline tells who did what, and can be narrowed, also with JavaScript off', async ({
  visit,
  adminState,
  person,
  codat,
}) => {
  const company = await codat.findCompany(person.businessName);
  await codat.addConnection(company.id, 'gbol', 'Linked');
  const page = await visit({ javaScriptEnabled: false, storageState: adminState });
  await page.goto(`/admin/companies/${company.name}`);
  await page.getByRole('button', { name: 'Refresh from Codat' }).click();
  const timeline = panel(page, 'Timeline');
  const filter = page.getByRole('navigation', { name: 'Show in the timeline' });
  await expect(timeline.getByText('Refreshed from Codat')).toBeVisible();
  await expect(timeline.getByText('Xero: Connected')).toBeVisible();
  await filter.getByRole('link', { name: 'Staff' }).click();
  await expect(page).toHaveURL(/\?show=staff#timeline$/);
  await expect(timeline.getByText('Refreshed from Codat')).toBeVisible();
  await expect(timeline.getByText('admin@example.com').first()).toBeVisible();
  await expect(timeline.getByText('Xero: Connected')).toHaveCount(0);
  await filter.getByRole('link', { name: 'Webhooks' }).click();
  await expect(timeline.getByText('connection.connected')).toBeVisible();
  await filter.getByRole('link', { name: 'Customer' }).click();
  await expect(timeline.getByText('Nothing like this has happened yet.')).toBeVisible();
});
