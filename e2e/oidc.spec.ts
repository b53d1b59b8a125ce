import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { sessionEnds } from './fixtures/console-watch';
import { type Claims, IdentityProvider } from './fixtures/identity-provider';
import { newPerson, signUp, submitSignIn } from './fixtures/person';
import { freePorts, type OwnPortal, startPortal } from './fixtures/portal-process';
import { test } from './fixtures/test';

const listedAdmin = `${randomUUID()}@example.com`;
const unprovedAdmin = `${randomUUID()}@example.com`;
let provider: IdentityProvider;
let portal: OwnPortal;

// One portal for all of them: several workers would each start one.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const port = String(await freePorts());
  const APP_URL = `http://127.0.0.1:${port}`;
  provider = await IdentityProvider.start(`${APP_URL}/api/auth/callback/oidc`);
  portal = await startPortal({
    ...provider.settings,
    PORT: port,
    APP_URL,
    ADMIN_EMAILS: `${listedAdmin} ${unprovedAdmin}`,
    WORKER: 'off',
  });
});

test.afterAll(async () => {
  await portal?.stop();
  provider?.stop();
});

/** From the portal's sign-in page through the provider, as this person. */
async function enter(page: Page, claims: Claims | string, returnTo = '/account'): Promise<void> {
  await page.goto(`${portal.url}/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
  await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
  await page.getByLabel('Login').fill(typeof claims === 'string' ? claims : provider.add(claims));
  await page.getByRole('button', { name: 'Go on' }).click();
}

const newClaims = (): Claims => {
  const { email, name } = newPerson();
  return { email, name, email_verified: true };
};

for (const javaScriptEnabled of [true, false]) {
  test(`somebody new signs in, names a business and signs out, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    visit,
  }) => {
    const page = await visit({ javaScriptEnabled });
    const claims = newClaims();
    await enter(page, claims, '/connections');
    await expect(page).toHaveURL(`${portal.url}/sign-up/business`);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText(
      'Enter the name of your business.',
    );
    await page.getByLabel('Business name').fill('Corner Shop');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page).toHaveURL(`${portal.url}/connections`);

    await page.goto(`${portal.url}/account`);
    await expect(page.getByText(claims.email ?? '').last()).toBeVisible();
    await expect(page.getByText('You sign in through Example ID')).toBeVisible();
    sessionEnds(page.context());
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await expect(page).toHaveURL(`${portal.url}/sign-in`);
    await page.goto(`${portal.url}/account`);
    await expect(page).toHaveURL(`${portal.url}/sign-in?callbackUrl=%2Faccount`);
  });
}

test('a proved address takes its account over, and what was before is void', async ({ visit }) => {
  const squatter = newPerson();
  const before = await visit({ baseURL: portal.url });
  sessionEnds(before.context());
  await signUp(before, squatter);

  const unproved = await visit();
  await enter(unproved, { email: squatter.email, email_verified: false });
  await expect(unproved.getByRole('main').getByRole('alert')).toContainText('already exists');
  await expect(unproved).toHaveURL(/\/sign-in\?error=providerEmailTaken$/);

  const owner = await visit();
  await enter(owner, { email: squatter.email, email_verified: true, name: 'The Owner' });
  await expect(owner).toHaveURL(`${portal.url}/account`);
  await expect(owner.getByText('The Owner', { exact: true }).last()).toBeVisible();

  await before.goto('/account');
  await expect(before).toHaveURL(/\/sign-in\?callbackUrl/);
  await submitSignIn(before, squatter);
  await expect(before.getByRole('main').getByRole('alert')).toContainText('don’t match an account');
});

test.describe('ADMIN_EMAILS', () => {
  test.use({ expectedProblems: [/status of 404/] });

  test('an address on the list makes an admin, once it is proved', async ({ visit }) => {
    const attacker = newPerson();
    const early = await visit({ baseURL: portal.url });
    await signUp(early, { ...attacker, email: listedAdmin });
    await early.goto('/admin/companies');
    await expect(early.getByRole('heading', { name: 'We can’t find this page' })).toBeVisible();

    const page = await visit();
    await enter(page, { email: listedAdmin, email_verified: true }, '/admin/companies');
    await expect(page).toHaveURL(`${portal.url}/admin/companies`);
    await expect(page.getByRole('heading', { name: 'Companies' })).toBeVisible();
    await early.goto('/connections');
    await expect(early).toHaveURL(/\/sign-in/);
  });
});

test('an address of ADMIN_EMAILS that isn’t proved is told why, and names no business', async ({
  visit,
}) => {
  const page = await visit();
  await enter(page, { email: unprovedAdmin });
  await expect(page).toHaveURL(/\/sign-in\?error=providerUnverified$/);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    'hasn’t confirmed that the email address is yours',
  );
});

test('a person is known by subject, whatever happens to the address', async ({ visit }) => {
  const claims = newClaims();
  const subject = provider.add(claims);
  const first = await visit();
  await enter(first, subject);
  await expect(first).toHaveURL(`${portal.url}/account`);
  provider.add({ ...claims, email: newPerson().email }, subject);
  const second = await visit();
  await enter(second, subject);
  await expect(second.getByText(claims.email ?? '').last()).toBeVisible();
  await first.reload();
  await expect(first.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(2);
});

test('giving up at the provider leads back with a word', async ({ visit }) => {
  const page = await visit();
  await page.goto(`${portal.url}/sign-in`);
  await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    'Signing in that way didn’t work.',
  );
  await expectAccessible(page, 'the sign-in page after a failure');
});

test('nobody is sent to another site, nor signed in by one', async ({ visit, request }) => {
  const page = await visit();
  await enter(page, newClaims(), '//evil.example/account');
  await expect(page).toHaveURL(`${portal.url}/sign-up/business`);

  const start = (headers: Record<string, string>) =>
    request.get(`${portal.url}/sign-in/provider`, { headers, maxRedirects: 0 });
  const foreign = await start({ 'sec-fetch-site': 'cross-site' });
  expect(foreign.headers().location).toBe('/sign-in');
  const own = await start({ 'sec-fetch-site': 'same-origin' });
  expect(own.headers().location).toContain(provider.issuer);

  // A code that the attacker got for themselves, in the victim's browser.
  const thief = await visit();
  const stolen = thief.waitForRequest(/callback\/oidc\?/);
  await thief.route(/callback\/oidc\?/, (route) => route.abort());
  await enter(thief, newClaims()).catch(() => {});
  const victim = await visit();
  await victim.goto((await stolen).url());
  await expect(victim.getByRole('main').getByRole('alert')).toContainText(
    'Signing in that way didn’t work.',
  );
  await victim.goto(`${portal.url}/account`);
  await expect(victim).toHaveURL(/\/sign-in/);
});
