import { dirname, join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { pageRules, type Rule } from '@/architecture/access-rules';
import { HttpPerson, signUpAction, startLinkAction } from './fixtures/http-person';
import { type OwnStack, startOwnStack } from './fixtures/own-stack';
import { OwnProcess } from './fixtures/portal-process';
import { requireSetting } from './fixtures/stack';
import { TenantRows } from './fixtures/tenant-rows';
import { sharedTexts } from './fixtures/translated';
import { sidewaysExcess, untranslated } from './fixtures/untranslated';

// Every text of the portal is in brackets here, so what is not was never looked up. Its data is in
// another script, its stack is nobody else's.
test.describe.configure({ mode: 'serial' });

const locales = [
  ['fr-x-pseudo', 'ltr', /janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc/],
  ['ar-x-pseudo', 'rtl', /\p{Script=Arabic}/u],
] as const;

const emails = { customer: '12@34.example', staff: '56@78.example', invited: '90@12.example' };

/** Data that is written in Latin letters: addresses, and Codat's names of platforms and events. */
async function latinData(): Promise<string[]> {
  const names = await rows.query<{ name: string }>(
    `select name from integrations union select platform_name from connections
     union select event_type from webhook_events`,
  );
  // The longest first, since some are the start of others.
  const longestFirst = names.map(({ name }) => name).sort((a, b) => b.length - a.length);
  return [...Object.values(emails), ...longestFirst];
}

type Who = 'customer' | 'staff' | 'nobody';

let stack: OwnStack;
let rows: TenantRows;
const people = new Map<Who, HttpPerson>();
/** What stands in routes for a name in square brackets. */
const values: Record<string, string> = {};

test.beforeAll(async () => {
  test.setTimeout(180_000);
  stack = await startOwnStack({
    BRAND_NAME: 'Банк 7',
    SUPPORT_PHONE: '+44 20 7946 0000',
    PRIVACY_URL: 'https://example.com/privacy',
    TERMS_URL: 'https://example.com/terms',
  });
  rows = new TenantRows(stack.databaseUrl);
  people.set('nobody', new HttpPerson(stack.url));
  await makeCustomer();
  await makeStaff();
});

test.afterAll(async () => {
  await rows?.close();
  await stack?.stop();
});

async function makeCustomer(): Promise<void> {
  const http = new HttpPerson(stack.url);
  const person = { name: 'Мария', businessName: 'Пекарня 12', email: emails.customer };
  await http.act(signUpAction, '/sign-up', { ...person, password: 'kettle drum 5150' });
  const { id: companyId } = await rows.companyOf(person.email);
  await expect(async () => stack.codat.findCompany(person.businessName)).toPass();
  const { id: codatId } = await stack.codat.findCompany(person.businessName);
  for (const [key, status] of [
    ['gbol', 'Linked'],
    ['exgd', 'Deauthorized'],
    ['fztf', 'PendingAuth'],
    ['zsth', 'Unlinked'],
  ] as const) {
    const { id } = await stack.codat.addConnection(codatId, key, status);
    values[status] = id;
  }
  const countConnections = () =>
    rows.query('select from connections where company_id = $1', [companyId]);
  await expect.poll(countConnections).toHaveLength(4);
  const leaving = await http.act(startLinkAction, '/connect', { companyId, consent: 'yes' });
  const state = new URL(leaving.target ?? '').searchParams.get('state');
  const back = await http.get(`/link/return?statusCode=403&state=${state}`);
  const [event] = await rows.query<{ id: string }>('select id from webhook_events limit 1');
  Object.assign(values, {
    companyId,
    connectionId: values.Linked,
    linkSessionId: back.target?.split('/').at(-1),
    eventId: event?.id,
  });
  people.set('customer', http);
}

async function makeStaff(): Promise<void> {
  const http = new HttpPerson(stack.url);
  const person = { name: 'Анна', businessName: '—', email: emails.staff };
  await http.act(signUpAction, '/sign-up', { ...person, password: 'kettle drum 5150' });
  await rows.makeStaff(person.email, 'admin');
  people.set('staff', http);
  const folder = requireSetting('PORTAL_DIR');
  const invite = new OwnProcess(
    dirname(join(folder, 'server.js')),
    [join(folder, 'commands/admin-invite.mjs'), emails.invited],
    stack.settings,
  );
  await invite.ended();
  values.token = invite.log.match(/accept-invite\/(\S+)/)?.[1] ?? '';
}

async function open(browser: Browser, who: Who, locale: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: stack.url,
    viewport: { width: 390, height: 844 },
  });
  const http = people.get(who);
  const cookies = (http?.cookieNames ?? []).map((name) => [name, http?.cookie(name) ?? '']);
  for (const [name = '', value = ''] of [...cookies, ['locale', locale]]) {
    await context.addCookies([{ name, value, url: stack.url }]);
  }
  return context.newPage();
}

function whoFor({ may }: Rule): Who {
  if (may === 'anyone') return 'nobody';
  return may === 'staff' ? 'staff' : 'customer';
}

function fill(route: string): string {
  return route.replace(/\[([^\]]+)\]/g, (_all, name: string) => {
    const value = values[name];
    if (!value) throw new Error(`there is no value for [${name}]`);
    return value;
  });
}

/** Pages in other states than the first that one sees. */
const more: [string, Who][] = [
  ['/no-such-page', 'nobody'],
  ['/sign-in?error=OAuthCallback', 'nobody'],
  ['/link/thanks?outcome=failed', 'nobody'],
  ['/accept-invite/bm90LWEtdG9rZW4', 'nobody'],
  ['/connections/00000000-0000-4000-8000-000000000000', 'customer'],
  ['/connections/[Deauthorized]', 'customer'],
  ['/connections/[PendingAuth]', 'customer'],
  ['/connections/[Unlinked]', 'customer'],
  ['/connections/[Unlinked]/disconnect', 'customer'],
  ['/connections?returned=unknown', 'customer'],
  ['/connect?connection=[Deauthorized]', 'customer'],
  ['/account?done=password', 'customer'],
  ['/admin/companies/00000000-0000-4000-8000-000000000000', 'staff'],
  ['/admin/companies?q=12&status=needs_reconnect&since=7', 'staff'],
  ['/admin/companies?q=nothing-is-called-this', 'staff'],
  ['/admin/connections?status=Linked', 'staff'],
  ['/admin/changes?from=2026-01-02&to=2026-02-03', 'staff'],
  ['/admin/webhooks?state=dead', 'staff'],
  ['/admin/audit?action=company.rename', 'staff'],
];

async function check(page: Page, path: string): Promise<void> {
  await page.goto(path);
  // The switch of appearance is there once scripts run; times are then in the reader's words.
  await expect(page.locator('footer fieldset'), path).toBeVisible();
  expect.soft(await untranslated(page, await latinData()), path).toEqual([]);
  expect.soft(await sidewaysExcess(page), `${path}: pixels to scroll sideways`).toBe(0);
  expect.soft(await sharedTexts(page), `${path}: texts without an element`).toEqual([]);
}

for (const [locale, dir, months] of locales) {
  test(`${locale}: nothing of a page is left in English, and nothing sticks out`, async ({
    browser,
  }) => {
    test.setTimeout(300_000);
    const pages = new Map<Who, Page>();
    for (const who of people.keys()) pages.set(who, await open(browser, who, locale));
    const routes = Object.entries(pageRules).map(([route, rule]) => [route, whoFor(rule)] as const);
    for (const [route, who] of [...routes, ...more]) {
      const page = pages.get(who) as Page;
      await check(page, fill(route));
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.locator('html')).toHaveAttribute('dir', dir);
    }
    const account = pages.get('customer') as Page;
    await account.goto('/connections');
    await expect(account.locator('time[title]').first()).toHaveAttribute('title', months);
    for (const page of pages.values()) await page.context().close();
  });
}

test('what a form answers is in the language too', async ({ browser }) => {
  const page = await open(browser, 'nobody', 'fr-x-pseudo');
  await page.goto('/sign-up');
  await page.locator('main form button[type=submit]').click();
  await expect(page.getByRole('alert').filter({ hasText: '⟦' })).toBeFocused();
  expect(await untranslated(page, [])).toEqual([]);
  expect(await sidewaysExcess(page)).toBe(0);
  await page.context().close();
});

test('a language is chosen by a form, and kept', async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ baseURL: stack.url, javaScriptEnabled });
    await context.addCookies([{ name: 'locale', value: 'ar-x-pseudo', url: stack.url }]);
    const page = await context.newPage();
    await page.goto('/sign-in?callbackUrl=/account');
    await page.locator('#locale').selectOption('en');
    await page.locator('form:has(#locale) button').click();
    await expect(page).toHaveURL('/sign-in?callbackUrl=/account');
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB');
    await expect(page.locator('#locale')).toHaveCount(0);
    await context.close();
  }
});

test('pages that fail are in the language too', async ({ browser }) => {
  test.setTimeout(120_000);
  for (const [locale, dir] of locales) {
    const [customer, staff] = [
      await open(browser, 'customer', locale),
      await open(browser, 'staff', locale),
    ];
    await rows.query('alter table consents rename to consents_away');
    await check(customer, '/connect');
    await rows.query('alter table consents_away rename to consents');
    await rows.query('alter table audit_entries rename to audit_entries_away');
    await check(staff, '/admin/audit');
    await rows.query('alter table audit_entries_away rename to audit_entries');
    for (const page of [customer, staff]) {
      await expect(page.locator('html')).toHaveAttribute('dir', dir);
      await page.context().close();
    }
  }
});

test('the fixed page of a database that is away is in the language too', async ({ browser }) => {
  const name = new URL(stack.databaseUrl).pathname.slice(1);
  await rows.close();
  rows = new TenantRows();
  await rows.query(`alter database ${name} with allow_connections false`);
  await rows.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    name,
  ]);
  for (const [locale, dir] of locales) {
    const page = await open(browser, 'nobody', locale);
    await expect(async () => {
      expect((await page.goto('/sign-in'))?.status()).toBe(503);
    }).toPass();
    expect(await untranslated(page, [])).toEqual([]);
    expect(await sidewaysExcess(page)).toBe(0);
    await expect(page.locator('html')).toHaveAttribute('lang', locale);
    await expect(page.locator('html')).toHaveAttribute('dir', dir);
    await page.context().close();
  }
});
