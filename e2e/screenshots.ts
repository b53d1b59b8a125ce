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
  /** A long list is shown as far as the window reaches. */
  fullPage?: boolean;
}

type Visit = (options?: BrowserContextOptions) => Promise<Page>;

async function take(visit: Visit, shot: Shot, who?: Page): Promise<void> {
  const { path, name, looks: wanted, fullPage = true } = shot;
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
      fullPage,
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
  const company = (await bakery.getAttribute('href')) ?? '';
  // What staff do is told in the timeline and in the audit log.
  await adminPage.goto(company);
  await adminPage.getByRole('button', { name: 'Refresh from Codat' }).click();
  await expect(adminPage.getByText(/Refreshed from Codat\./)).toBeVisible();
  await adminPage.goto(`${company}/link`);
  await adminPage.getByRole('button', { name: 'Create a new link' }).click();
  await expect(adminPage.getByRole('textbox', { name: 'New Link URL' })).toBeVisible();
  const rooms: Shot[] = [
    { path: '/admin', name: 'admin-overview', looks: ['desk', 'desk-dark', 'phone'] },
    { path: '/admin/companies', name: 'admin-companies', looks: ['desk', 'desk-dark', 'phone'] },
    { path: company, name: 'admin-company', looks: ['desk', 'desk-dark'] },
    { path: '/admin/webhooks', name: 'admin-webhooks', looks: ['desk'], fullPage: false },
    { path: '/admin/audit', name: 'admin-audit', looks: ['desk'] },
    { path: '/admin/settings', name: 'admin-settings', looks: ['desk'] },
  ];
  for (const room of rooms) await take(visit, room, adminPage);
});

test('a company that is nobody’s', async ({ adminPage, visit }) => {
  await adminPage.goto('/admin/companies?show=unassigned');
  const found = adminPage.getByRole('link', { name: 'Orchard Lane Ceramics' });
  const path = (await found.getAttribute('href')) ?? '';
  await take(visit, { path, name: 'admin-unassigned', looks: ['desk'] }, adminPage);
});
