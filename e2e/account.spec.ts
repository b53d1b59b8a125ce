import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { sessionEnds } from './fixtures/console-watch';
import { type Person, submitSignIn } from './fixtures/person';
import { test } from './fixtures/test';

const sessions = (page: Page) => page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');

async function enter(page: Page, person: Person, callbackUrl: string): Promise<void> {
  await page.goto(`/sign-in?callbackUrl=${callbackUrl}`);
  await submitSignIn(page, person);
  await expect(page).toHaveURL(callbackUrl);
}

const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';

for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('a person ends a session, changes their password and signs out everywhere', async ({
      page,
      person,
      visit,
    }) => {
      const phone = await visit({ userAgent: iPhone, javaScriptEnabled: true });
      for (const browser of [page, phone]) sessionEnds(browser.context());
      await enter(phone, person, '/connections');

      await page.goto('/connections');
      await page.getByLabel('Your account').click();
      await page.getByRole('link', { name: 'Account', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Account', level: 1 })).toBeVisible();
      await expect(sessions(page)).toHaveCount(2);
      await expect(sessions(page).first()).toContainText('This device');
      await page.getByRole('button', { name: 'Sign out Safari on iPhone' }).click();
      await expect(page.getByRole('status').getByText('That device is signed out.')).toBeVisible();
      await expect(sessions(page)).toHaveCount(1);
      // Nobody touches the phone: its live stream tells it.
      await expect(phone).toHaveURL('/sign-in?callbackUrl=%2Fconnections', { timeout: 8000 });

      await submitSignIn(phone, person);
      await expect(phone).toHaveURL('/connections');
      const changed = { ...person, password: `${person.password} anew` };
      const present = page.getByRole('textbox', { name: 'Current password' });
      const next = page.getByRole('textbox', { name: 'New password' });
      const change = page.getByRole('button', { name: 'Change password' });
      await present.fill('not my password');
      await next.fill(changed.password);
      await change.click();
      await expect(page.getByText('That’s not your current password.').first()).toBeVisible();
      await expect(next).toHaveValue('');
      await present.fill(person.password);
      await next.fill(changed.password);
      await change.click();
      await expect(
        page.getByRole('status').getByText('Your password has been changed'),
      ).toBeVisible();
      await expect(sessions(page)).toHaveCount(1);
      await expect(phone).toHaveURL('/sign-in?callbackUrl=%2Fconnections', { timeout: 8000 });
      await submitSignIn(phone, person);
      await expect(phone.getByRole('main').getByRole('alert')).toContainText('don’t match');
      await submitSignIn(phone, changed);
      await expect(phone).toHaveURL('/connections');

      await page.getByRole('button', { name: 'Sign out everywhere' }).click();
      await expect(page).toHaveURL('/sign-in');
      await page.goto('/account');
      await expect(page).toHaveURL('/sign-in?callbackUrl=%2Faccount');
      await expect(phone).toHaveURL('/sign-in?callbackUrl=%2Fconnections', { timeout: 8000 });
    });
  });
}

test('the account page is accessible, for customers and staff', async ({
  page,
  person: _,
  adminPage,
}) => {
  await page.goto('/account');
  await expectAccessible(page, 'the account page');
  await adminPage.goto('/account');
  await expect(adminPage.getByText('admin@example.com').last()).toBeVisible();
  await expectAccessible(adminPage, "staff's account page");
});
