import { expect } from '@playwright/test';
import { connectionEntry, navigationWarning } from './fixtures/connections-page';
import { authorize, choosePlatform, complete, leaveForLink } from './fixtures/hosted-link';
import { newPerson, signOut, signUp, submitSignIn } from './fixtures/person';
import { test } from './fixtures/test';

test.use({ javaScriptEnabled: false });

test('the main job with JavaScript off', async ({ page, codat }) => {
  const person = newPerson();
  const xero = connectionEntry(page, 'Xero');

  await test.step('signs up, after an error that keeps what was typed', async () => {
    await page.goto('/sign-up');
    await page.getByLabel('Your name').fill(person.name);
    await page.getByLabel('Business name').fill(person.businessName);
    await page.getByLabel('Email').fill(person.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('short');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('alert')).toContainText('Use at least 10 characters.');
    await expect(page.getByLabel('Business name')).toHaveValue(person.businessName);
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('');
    await signUp(page, person);
    expect(await codat.countCompanies(person.businessName)).toBe(1);
  });

  await test.step('consents, connects Xero and comes back', async () => {
    await page.getByRole('link', { name: 'Connect your software' }).click();
    await leaveForLink(page);
    await choosePlatform(page, 'Xero');
    await authorize(page, 'Xero');
    await page.getByRole('button', { name: 'Continue' }).click();
    await complete(page);
    await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();
    await expect(page).toHaveURL(/\/link\/done\/[0-9a-f-]{36}$/);
    await page.getByRole('link', { name: 'Go to your connections' }).click();
    await expect(xero.getByText('Connected', { exact: true }).first()).toBeVisible();
  });

  await test.step('sees at the next look that access was revoked, and reconnects', async () => {
    const { id } = await codat.findConnection(person.businessName, 'Xero');
    await codat.act(id, 'deauthorize');
    await expect(async () => {
      await page.reload();
      await expect(xero.getByText('Needs reconnecting', { exact: true })).toBeVisible({
        timeout: 500,
      });
    }).toPass({ timeout: 10_000 });
    await expect(navigationWarning(page)).toBeVisible();
    await xero.getByRole('button', { name: 'Reconnect Xero' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in to Xero' })).toBeVisible();
    await authorize(page, 'Xero');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();
    await expect(navigationWarning(page)).toHaveCount(0);
  });

  await test.step('disconnects', async () => {
    await page.goto('/connections');
    await xero.getByRole('link', { name: 'Disconnect Xero' }).click();
    await expect(page.getByRole('heading', { name: 'Disconnect Xero?' })).toBeVisible();
    await page.getByRole('button', { name: 'Disconnect Xero' }).click();
    await expect(page.getByText('Xero is disconnected')).toBeVisible();
    await expect(xero.getByText('Disconnected', { exact: true }).first()).toBeVisible();
    expect((await codat.findConnection(person.businessName, 'Xero')).status).toBe('Unlinked');
  });

  await test.step('signs out and in again', async () => {
    await signOut(page);
    await page.goto('/connections');
    await expect(page).toHaveURL('/sign-in?callbackUrl=%2Fconnections');
    await submitSignIn(page, { ...person, password: 'not the password' });
    await expect(page.getByRole('alert')).toContainText('don’t match an account');
    await submitSignIn(page, person);
    await expect(page).toHaveURL('/connections');
    await expect(xero).toBeVisible();
  });
});

test('leaving Hosted Link without finishing, with JavaScript off', async ({ page, person: _ }) => {
  await leaveForLink(page);
  await choosePlatform(page, 'QuickBooks Online');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Leave without finishing' }).click();
  await page.getByRole('button', { name: 'Yes, leave' }).click();
  await expect(page.getByRole('heading', { name: 'You stopped before finishing' })).toBeVisible();
  await page.getByRole('button', { name: 'Finish connecting QuickBooks Online' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to QuickBooks Online' })).toBeVisible();
});
