import { join } from 'node:path';
import { type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { connectionEntry } from './fixtures/connections-page';
import { connect } from './fixtures/hosted-link';
import { demoOwner, signUp, submitSignIn } from './fixtures/person';
import { test } from './fixtures/test';

const folder = join(import.meta.dirname, '..', 'docs', 'screenshots');

const desk = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const looks = {
  desk: { ...desk, colorScheme: 'light' },
  'desk-dark': { ...desk, colorScheme: 'dark' },
  phone: { ...phone, colorScheme: 'light' },
  'phone-dark': { ...phone, colorScheme: 'dark' },
} satisfies Record<string, BrowserContextOptions>;
type Look = keyof typeof looks;

interface Shot {
  path: string;
  name: string;
  looks: readonly Look[];
}

type Visit = (options?: BrowserContextOptions) => Promise<Page>;

async function take(visit: Visit, { path, name, looks: wanted }: Shot, who?: Page): Promise<void> {
  const storageState = await who?.context().storageState();
  for (const look of wanted) {
    const page = await visit({ ...looks[look], ...(storageState && { storageState }) });
    await page.goto(path);
    // The switch of appearance is there once scripts run; times are then in the reader's words.
    await expect(page.getByRole('group', { name: 'Appearance' })).toBeVisible();
    await page.waitForFunction(
      () =>
        document.fonts.status === 'loaded' &&
        [...document.images].every(({ complete }) => complete),
    );
    await page.screenshot({
      path: join(folder, `${name}-${look}.png`),
      fullPage: true,
      animations: 'disabled',
    });
    await page.context().close();
  }
}

test('public pages', async ({ visit }) => {
  await take(visit, { path: '/', name: 'landing', looks: ['desk', 'desk-dark', 'phone'] });
  await take(visit, { path: '/sign-up', name: 'sign-up', looks: ['desk', 'phone'] });
});

test('a new customer', async ({ page, visit }) => {
  await signUp(page, {
    name: 'Maya Lindqvist',
    businessName: 'Juniper Lane Florists',
    email: 'maya@example.com',
    password: 'kettle drum orchard',
  });
  const empty = { path: '/connections', name: 'connections-empty' };
  await take(visit, { ...empty, looks: ['desk', 'phone-dark'] }, page);
  await take(visit, { path: '/connect', name: 'connect', looks: ['desk', 'phone'] }, page);
  await connect(page, 'Xero');
  const done = { path: new URL(page.url()).pathname, name: 'connected' };
  await take(visit, { ...done, looks: ['desk', 'phone'] }, page);
});

test('a customer with connections in every status', async ({ page, visit }) => {
  await page.goto('/sign-in');
  await submitSignIn(page, demoOwner);
  const stripe = connectionEntry(page, 'Stripe').getByRole('link', { name: 'Stripe', exact: true });
  const detail = await stripe.getAttribute('href');
  const all: Look[] = ['desk', 'desk-dark', 'phone', 'phone-dark'];
  await take(visit, { path: '/connections', name: 'connections', looks: all }, page);
  await take(visit, { path: detail ?? '', name: 'connection', looks: ['desk', 'phone'] }, page);
});

test('staff', async ({ adminPage, visit }) => {
  await adminPage.goto('/admin/companies');
  const bakery = adminPage.getByRole('link', { name: 'Marlow & Finch Bakery' });
  const company = await bakery.getAttribute('href');
  const list = { path: '/admin/companies', name: 'admin-companies' };
  await take(visit, { ...list, looks: ['desk', 'desk-dark', 'phone'] }, adminPage);
  await take(visit, { path: company ?? '', name: 'admin-company', looks: ['desk'] }, adminPage);
});
