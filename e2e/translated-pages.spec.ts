import { globSync, readFileSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { pageRules } from '@/architecture/access-rules';
import { HttpPerson, signUpAction, startLinkAction } from './fixtures/http-person';
import { type OwnStack, startOwnStack } from './fixtures/own-stack';
import { newPerson } from './fixtures/person';
import { TenantRows } from './fixtures/tenant-rows';
import { readableText, translate } from './fixtures/translated';

// Its stack is nobody else's: other tests would change what staff's pages show.
test.describe.configure({ mode: 'serial' });

/** Routes of pages that change while they are open. */
const livePages = globSync('app/**/page.tsx')
  .filter((path) => readFileSync(path, 'utf8').includes('<LiveRefresh'))
  .map((path) => path.replace(/^app/, '').replaceAll(/\/\([^)]+\)|\/page\.tsx$/g, ''));

let stack: OwnStack;
let rows: TenantRows;
let customer: HttpPerson;
let staff: HttpPerson;
let company: { id: string; codatId: string };
const values: Record<string, string> = {};

test.beforeAll(async () => {
  test.setTimeout(180_000);
  stack = await startOwnStack();
  rows = new TenantRows(stack.databaseUrl);
  customer = new HttpPerson(stack.url);
  company = await signUp(customer);
  for (const [name, platform] of [
    ['first', 'gbol'],
    ['second', 'exgd'],
  ]) {
    const { id } = await stack.codat.addConnection(company.codatId, platform ?? '', 'Linked');
    values[name ?? ''] = id;
  }
  await expect
    .poll(() => rows.query("select from connections where status = 'Linked'"))
    .toHaveLength(2);
  const leaving = await customer.act(startLinkAction, '/connect', {
    companyId: company.id,
    consent: 'yes',
  });
  const state = new URL(leaving.target ?? '').searchParams.get('state');
  const query = new URLSearchParams({
    state: state ?? '',
    statusCode: '200',
    connectionId: values.first ?? '',
  });
  const back = await customer.get(`/link/return?${query}`);
  const [event] = await rows.query<{ id: string }>('select id from webhook_events limit 1');
  Object.assign(values, {
    companyId: company.id,
    connectionId: values.first,
    linkSessionId: back.target?.split('/').at(-1),
    eventId: event?.id,
  });
  staff = new HttpPerson(stack.url);
  const { email } = await signUp(staff);
  await rows.makeStaff(email, 'admin');
});

test.afterAll(async () => {
  await rows?.close();
  await stack?.stop();
});

async function signUp(http: HttpPerson): Promise<{ id: string; codatId: string; email: string }> {
  const person = newPerson();
  await http.act(signUpAction, '/sign-up', { ...person });
  const { id } = await rows.companyOf(person.email);
  await expect(async () => stack.codat.findCompany(person.businessName)).toPass();
  const { id: codatId } = await stack.codat.findCompany(person.businessName);
  return { id, codatId, email: person.email };
}

async function open(browser: Browser, http: HttpPerson, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.url });
  for (const name of http.cookieNames) {
    await context.addCookies([{ name, value: http.cookie(name) ?? '', url: stack.url }]);
  }
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('close', () => expect.soft(problems, path).toEqual([]));
  await page.goto(path);
  await expect(page.locator('footer fieldset'), path).toBeVisible();
  return page;
}

/** Waits until the translated page says what it says when it is loaded now. */
async function expectSameAsFresh(browser: Browser, http: HttpPerson, page: Page): Promise<void> {
  const fresh = await open(browser, http, page.url());
  await expect(async () => {
    await fresh.reload();
    await expect(fresh.locator('footer fieldset')).toBeVisible();
    expect(await readableText(page)).toBe(await readableText(fresh));
  }, page.url()).toPass({ timeout: 40_000 });
  await fresh.context().close();
}

test('every live page tells the truth after it was translated', async ({ browser }) => {
  test.setTimeout(240_000);
  expect(livePages.length).toBeGreaterThan(10);
  const pages = await Promise.all(
    livePages.map(async (route) => {
      const http = pageRules[route]?.may === 'staff' ? staff : customer;
      const path = route.replace(/\[([^\]]+)\]/g, (_all, name: string) => values[name] ?? '');
      const page = await open(browser, http, path);
      const before = await readableText(page);
      await translate(page);
      return { route, http, page, before };
    }),
  );
  await stack.codat.act(values.first ?? '', 'deauthorize');
  await stack.codat.act(values.second ?? '', 'unlink');
  await stack.codat.addConnection(company.codatId, 'fztf', 'Linked');
  await expect
    .poll(() => rows.query("select from connections where status <> 'Linked'"))
    .toHaveLength(2);
  let changed = 0;
  for (const { route, http, page, before } of pages) {
    await test.step(route, () => expectSameAsFresh(browser, http, page));
    if ((await readableText(page)) !== before) changed += 1;
    await page.context().close();
  }
  // Otherwise there was nothing to see.
  expect(changed).toBeGreaterThan(7);
});

test('a translated page says when the set-up is done', async ({ browser }) => {
  await stack.codat.addFault({ method: 'POST', path: '/companies', status: 503, times: 1 });
  const http = new HttpPerson(stack.url);
  await http.act(signUpAction, '/sign-up', { ...newPerson() });
  const list = await open(browser, http, '/connections');
  const pages = [list, await open(browser, http, '/connect')];
  for (const page of pages) {
    await expect(page.getByText('We’re finishing your setup')).toBeVisible();
    await translate(page);
  }
  await expect(list.getByText('Add your first connection')).toBeVisible({ timeout: 60_000 });
  for (const page of pages) {
    await expectSameAsFresh(browser, http, page);
    await page.context().close();
  }
});
