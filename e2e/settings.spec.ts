import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { type OwnStack, startOwnStack } from './fixtures/own-stack';
import { newPerson } from './fixtures/person';
import { signUpUnseen } from './fixtures/signed-in';
import { type StaffRole, TenantRows } from './fixtures/tenant-rows';

// What is fixed here is Codat's one Redirect URL and webhook consumer: a Codat of its own.
test.describe.configure({ mode: 'serial' });

let stack: OwnStack;
let rows: TenantRows;
const staff = new Map<StaffRole, Page>();

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  stack = await startOwnStack();
  rows = new TenantRows(stack.databaseUrl);
  await stopChecksOfWorker();
  for (const role of ['admin', 'support', 'auditor'] as const) {
    staff.set(role, await openAs(browser, role));
  }
});

test.afterAll(async () => {
  for (const page of staff.values()) await page.context().close();
  await rows?.close();
  await stack?.stop();
});

/** What is counted here is what people ask for. */
async function stopChecksOfWorker(): Promise<void> {
  await expect
    .poll(() => rows.query("delete from pgboss.job where name = 'checks' returning id"))
    .toHaveLength(1);
  await rows.query("delete from pgboss.schedule where name = 'checks'");
}

async function openAs(browser: Browser, role: StaffRole): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: stack.url })).newPage();
  const person = await signUpUnseen(page.context(), newPerson(), stack.url);
  await rows.makeStaff(person.email, role);
  return page;
}

function pageOf(role: StaffRole): Page {
  const page = staff.get(role);
  if (!page) throw new Error(`nobody is ${role}`);
  return page;
}

async function atCodat(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(stack.codat.url + path, {
    method,
    headers: {
      authorization: `Basic ${btoa(stack.secrets.CODAT_API_KEY ?? '')}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/** Calls about the client itself, which nobody but the checks and the set-up makes. */
async function callsSince(since: Date): Promise<string[]> {
  const url = `${stack.codat.url}/_sandbox/api/requests?since=${since.toISOString()}`;
  const { results } = (await (await fetch(url)).json()) as {
    results: { method: string; path: string }[];
  };
  return results
    .filter(({ path }) => /^\/(profile|webhooks)(?!\/syncSettings)/.test(path))
    .map(({ method, path }) => `${method} ${path.split('/')[1]}`);
}

async function breakCodat(): Promise<void> {
  const profile = (await atCodat('GET', '/profile')) as object;
  await atCodat('PUT', '/profile', { ...profile, redirectUrl: 'https://old.example.com/done' });
  const { results } = (await atCodat('GET', '/webhooks')) as { results: { id: string }[] };
  for (const { id } of results) await atCodat('DELETE', `/webhooks/${id}`);
}

/** The last run must be 10 s ago, or pressing again does nothing. */
const letRunsAge = () =>
  rows.query("update check_findings set checked_at = checked_at - interval '1 minute'");

async function checkAgain(page: Page): Promise<void> {
  await letRunsAge();
  await page.goto('/admin/settings');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText('Everything has been checked.')).toBeVisible();
}

function finding(page: Page, title: string): Locator {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('paragraph').filter({ hasText: new RegExp(`^${title}$`) }) });
}

const alertOf = (page: Page, hasText: string) => page.getByRole('alert').filter({ hasText });

test('looking asks Codat nothing, and checking asks it once for each thing', async () => {
  const page = pageOf('admin');
  const since = new Date();
  await page.goto('/admin/companies');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByText('Nothing has been checked yet')).toBeVisible();
  expect(await callsSince(since)).toEqual([]);
  await checkAgain(page);
  await expect(page.getByText('Checked just now')).toBeVisible();
  await page.reload();
  await page.goto('/admin/settings');
  expect((await callsSince(since)).sort()).toEqual(['GET profile', 'GET webhooks']);
});

test('a portal that is set up has nothing to fix', async () => {
  const page = pageOf('admin');
  for (const title of ['API key', 'Redirect URL', 'Event types', 'PostgreSQL', 'Migrations']) {
    await expect(finding(page, title)).toContainText('OK:');
  }
  await expect(finding(page, 'Email')).toContainText('Check:');
  await expect(page.getByRole('list', { name: 'Findings by state' })).not.toContainText('to fix');
  await expect(page.getByRole('button', { name: 'Apply at Codat' })).toHaveCount(0);
});

test('what is wrong at Codat is shown to all staff with the way to fix it', async () => {
  await breakCodat();
  await checkAgain(pageOf('support'));
  for (const role of ['support', 'auditor'] as const) {
    const page = pageOf(role);
    await page.goto('/admin/settings');
    await expect(finding(page, 'Redirect URL')).toContainText(/Fix:.*old\.example\.com/);
    await expect(finding(page, 'Webhook consumer')).toContainText(/No consumer at Codat/);
    await expect(page.getByText('Create a webhook consumer for')).toBeVisible();
    await expect(page.getByText('An admin can do this here.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Apply at Codat' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Save URL' })).toHaveCount(0);
  }
});

test('axe has nothing against it', async () => {
  // A long page, eight times over.
  test.setTimeout(180_000);
  const page = pageOf('admin');
  await page.goto('/admin/settings');
  await expectAccessible(page, 'settings with findings to fix');
});

test('one button fixes it, says what is left to a person, and is in the audit log', async () => {
  const page = pageOf('admin');
  await page.goto('/admin/settings');
  const since = new Date();
  await page.getByRole('button', { name: 'Apply at Codat' }).click();
  await expect(page.getByText('One thing left for you to do: the signing secret.')).toBeVisible();
  const changes = (await callsSince(since)).filter((call) => !call.startsWith('GET'));
  expect(changes).toEqual(['PUT profile', 'POST webhooks']);
  for (const title of ['Redirect URL', 'Webhook consumer', 'Event types']) {
    await expect(finding(page, title)).toContainText('OK:');
  }
  await expect(page.getByRole('button', { name: 'Apply at Codat' })).toHaveCount(0);
  const audited = await rows.query(
    "select subject from audit_entries where action = 'codat.setup' order by id",
  );
  expect(audited).toEqual([{ subject: 'set-redirect-url' }, { subject: 'create-consumer' }]);
});

test('a plan that is no longer true is refused, and the new one shown', async () => {
  await breakCodat();
  const page = pageOf('admin');
  await checkAgain(page);
  await atCodat('PUT', '/profile', { name: 'Us', redirectUrl: 'https://new.example.com' });
  await page.getByRole('button', { name: 'Apply at Codat' }).click();
  await expect(alertOf(page, 'Something has changed at Codat')).toBeVisible();
  await expect(
    page.getByText('Change the Redirect URL from https://new.example.com'),
  ).toBeVisible();
});

test('all of it works without JavaScript', async ({ browser }) => {
  const storageState = await pageOf('admin').context().storageState();
  const settings = { baseURL: stack.url, javaScriptEnabled: false, storageState };
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  await checkAgain(page);
  await page.getByRole('button', { name: 'Apply at Codat' }).click();
  await expect(page.getByText('One thing left for you to do: the signing secret.')).toBeVisible();
  await page.getByLabel('URL', { exact: true }).fill('https://elsewhere.example.com/invite');
  await page.getByRole('button', { name: 'Save URL' }).click();
  await expect(alertOf(page, 'Enter the Invite company URL')).toBeVisible();
  await expect(page.getByLabel('URL', { exact: true })).toHaveValue(/elsewhere/);
  await context.close();
});

test('the Invite company URL is kept, shown, and hidden with one-time links', async ({
  browser,
}) => {
  const admin = pageOf('admin');
  await admin.goto('/admin/settings');
  const url = `${stack.codat.url}/invite/somebody`;
  await admin.getByLabel('URL', { exact: true }).fill(url);
  await admin.getByRole('button', { name: 'Save URL' }).click();
  await expect(admin.getByText(url)).toBeVisible();
  const support = pageOf('support');
  await support.goto('/admin/settings');
  await expect(support.getByText(url)).toBeVisible();
  await expect(support.getByText('you don’t need to manage, view or change')).toBeVisible();

  // Nothing says that links work once but a Link URL itself: somebody leaves for Link.
  await stack.codat.changeSettings({ oneTimeLinks: true });
  const customer = await (await browser.newContext({ baseURL: stack.url })).newPage();
  await signUpUnseen(customer.context(), newPerson(), stack.url);
  await expect(async () => {
    await customer.goto('/connect');
    await customer.getByRole('checkbox').check({ timeout: 1000 });
    await customer.getByRole('button', { name: 'Continue to Codat' }).click({ timeout: 1000 });
    await expect(customer).toHaveURL(new RegExp(`^${stack.codat.url}`), { timeout: 5000 });
  }).toPass();
  await customer.context().close();
  await support.reload();
  await expect(support.getByText('Codat has no Invite company URL')).toBeVisible();
  await expect(support.getByText(url)).toHaveCount(0);
});
