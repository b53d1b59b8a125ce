import { type Browser, expect, type Page, test } from '@playwright/test';
import { HttpPerson, signUpAction } from './fixtures/http-person';
import { type OwnStack, startOwnStack } from './fixtures/own-stack';
import { newPerson, type Person } from './fixtures/person';
import { TenantRows } from './fixtures/tenant-rows';

// Codat refuses everybody here, so this stack is nobody else's.
test.describe.configure({ mode: 'serial' });

let stack: OwnStack;
let rows: TenantRows;
let staff: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  stack = await startOwnStack();
  rows = new TenantRows(stack.databaseUrl);
  const admin = newPerson();
  const http = new HttpPerson(stack.url);
  await http.act(signUpAction, '/sign-up', { ...admin });
  await rows.makeStaff(admin.email, 'admin');
  staff = await openAs(browser, http);
});

test.afterAll(async () => {
  await staff?.context().close();
  await rows?.close();
  await stack?.stop();
});

async function openAs(browser: Browser, http: HttpPerson): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.url });
  for (const name of http.cookieNames) {
    await context.addCookies([{ name, value: http.cookie(name) ?? '', url: stack.url }]);
  }
  return context.newPage();
}

async function signUp(page: Page, person: Person): Promise<number> {
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Business name').fill(person.businessName);
  await page.getByLabel('Email').fill(person.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
  const startedAt = performance.now();
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL('/connections');
  return performance.now() - startedAt;
}

const refusals = [
  [402, 'Raise the plan'],
  [401, 'Set a valid CODAT_API_KEY'],
  [403, 'doesn’t allow this API key'],
] as const;

test('refused by Codat, the customer waits for us, staff read what to fix, and set-up resumes', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const waiting: { page: Page; person: Person }[] = [];
  for (const [status, advice] of refusals) {
    await stack.codat.clearFaults();
    await stack.codat.addFault({ path: '/companies', method: 'POST', status, times: null });
    const page = await (await browser.newContext({ baseURL: stack.url })).newPage();
    const person = newPerson();
    await signUp(page, person);
    await expect(page.getByText('Setup is taking longer than usual')).toBeVisible();
    await expect(page.getByText('You don’t need to do anything.')).toBeVisible();
    await expect(page.getByText(advice)).toHaveCount(0);

    const { id } = await rows.companyOf(person.email);
    await staff.goto(`/admin/companies/${id}`);
    await expect(staff.getByText(advice)).toBeVisible();
    waiting.push({ page, person });
  }

  await stack.codat.clearFaults();
  // Staff try the last one, whose page they have open; an hour later a job would.
  await staff.getByRole('button', { name: 'Try again now' }).click();
  for (const { page, person } of waiting) {
    // The others follow, and the open pages hear of it.
    await expect(page.getByRole('heading', { name: 'Add your first connection' })).toBeVisible({
      timeout: 150_000,
    });
    expect(await stack.codat.countCompanies(person.businessName)).toBe(1);
    await page.context().close();
  }
});

test('while Codat hangs, sign-up answers at once, says so, and goes on by itself', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  await stack.codat.addFault({ path: '/', latencyMs: 20_000, times: null });
  const page = await (await browser.newContext({ baseURL: stack.url })).newPage();
  const person = newPerson();
  // It waits 1.2 s for Codat; the rest is this machine's.
  expect(await signUp(page, person)).toBeLessThan(5000);
  await expect(page.getByText('We’re finishing your setup')).toBeVisible();
  await stack.codat.clearFaults();
  await expect(page.getByRole('heading', { name: 'Add your first connection' })).toBeVisible({
    timeout: 120_000,
  });
  expect(await stack.codat.countCompanies(person.businessName)).toBe(1);
  await page.context().close();
});
