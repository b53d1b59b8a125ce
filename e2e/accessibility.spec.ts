import { randomUUID } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { connectionEntry } from './fixtures/connections-page';
import { sessionEnds } from './fixtures/console-watch';
import {
  authorize,
  choosePlatform,
  complete,
  connect,
  leaveForLink,
  leaveWithoutFinishing,
} from './fixtures/hosted-link';
import { insertListed } from './fixtures/listed-companies';
import { newPerson, submitSignIn } from './fixtures/person';
import { test } from './fixtures/test';

test.describe('public pages', () => {
  for (const path of ['/', '/sign-in', '/sign-up']) {
    test(path, async ({ page }) => {
      await page.goto(path);
      await expectAccessible(page, path);
    });
  }

  test('sign-in and sign-up with errors', async ({ page }) => {
    await page.goto('/sign-in');
    await submitSignIn(page, { email: newPerson().email, password: 'not the password' });
    await expect(page.getByRole('alert').filter({ hasText: 'match' })).toBeFocused();
    await expectAccessible(page, 'sign-in refused');
    await page.goto('/sign-up');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'highlighted fields' })).toBeFocused();
    await expectAccessible(page, 'sign-up with errors');
  });

  test.describe('not found', () => {
    test.use({ expectedProblems: [/status of 404/] });
    test('a page that is not there', async ({ page }) => {
      await page.goto('/no-such-page');
      await expectAccessible(page, 'not found');
    });
  });
});

test.describe('customer pages', () => {
  test('nothing connected, and the way out', async ({ page, person: _ }) => {
    await page.goto('/connections');
    await expect(page.getByRole('heading', { name: 'Add your first connection' })).toBeVisible();
    await expectAccessible(page, 'empty list');
    await page.getByLabel('Your account').click();
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
    await expectAccessible(page, 'account menu open');
    await page.goto('/connect');
    await expectAccessible(page, 'connect');
  });

  test('connections in every status, their details, disconnecting', async ({
    page,
    person,
    codat,
  }) => {
    const { id: companyId } = await codat.findCompany(person.businessName);
    const xero = await codat.addConnection(companyId, 'gbol', 'Linked');
    const stripe = await codat.addConnection(companyId, 'exgd', 'Deauthorized');
    const shopify = await codat.addConnection(companyId, 'fztf', 'PendingAuth');
    const square = await codat.addConnection(companyId, 'zsth', 'Unlinked');
    await page.goto('/connections');
    for (const platform of ['Xero', 'Stripe', 'Shopify', 'Square']) {
      await expect(connectionEntry(page, platform)).toBeVisible();
    }
    await expectAccessible(page, 'list');
    for (const { id } of [xero, stripe, shopify, square]) {
      await page.goto(`/connections/${id}`);
      await expectAccessible(page, 'detail');
    }
    await page.goto(`/connections/${xero.id}/disconnect`);
    await expectAccessible(page, 'disconnect');
    await page.getByRole('button', { name: 'Disconnect Xero' }).click();
    await expect(page.getByText('Xero is disconnected')).toBeVisible();
    await expectAccessible(page, 'disconnected');
    await page.goto(`/connections/${square.id}/disconnect`);
    await expectAccessible(page, 'nothing to disconnect');
    await page.goto(`/connect?connection=${stripe.id}`);
    await expectAccessible(page, 'connect, aimed at one connection');
  });

  test('Codat away', async ({ page, person, codat }) => {
    const { id } = await codat.findCompany(person.businessName);
    await codat.addFault({ method: 'GET', path: `/companies/${id}`, status: 503, times: 5 });
    await page.goto('/connect');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Continue to Codat' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'connection service' })).toBeFocused({
      timeout: 20_000,
    });
    await expectAccessible(page, 'hand-off refused');
  });

  const outcomes: Record<string, (page: Page) => Promise<void>> = {
    'Nothing changed': complete,
    'You stopped before finishing': async (page) => {
      await choosePlatform(page, 'Xero');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await leaveWithoutFinishing(page);
    },
    'The connection didn’t go through': async (page) => {
      await choosePlatform(page, 'Xero');
      await page.getByRole('button', { name: 'Simulate a failure' }).click();
      await leaveWithoutFinishing(page);
    },
    'This software isn’t supported yet': async (page) => {
      await page.getByRole('link', { name: 'Connect accounting software' }).click();
      await page.getByRole('link', { name: 'Wave' }).click();
      await leaveWithoutFinishing(page);
    },
    'Xero is connected': async (page) => {
      await choosePlatform(page, 'Xero');
      await authorize(page, 'Xero');
      await page.getByRole('button', { name: 'Continue' }).click();
      await complete(page);
    },
  };
  for (const [heading, end] of Object.entries(outcomes)) {
    test(`outcome: ${heading}`, async ({ page, person: _ }) => {
      await leaveForLink(page);
      await end(page);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      await expectAccessible(page, heading);
    });
  }

  for (const [heading, statusCode] of Object.entries({
    'Almost there': '200',
    'We couldn’t confirm what happened': '',
  })) {
    test(`outcome: ${heading}`, async ({ page, person: _ }) => {
      const opening = page.waitForRequest((request) => /\/company\//.test(request.url()));
      await leaveForLink(page);
      const state = new URL((await opening).url()).searchParams.get('state');
      await page.goto(`/link/return?state=${state}&statusCode=${statusCode}`);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      await expectAccessible(page, heading);
    });
  }

  test.describe('not found', () => {
    test.use({ expectedProblems: [/status of 404/] });
    test('a connection that is not there', async ({ page, person: _ }) => {
      await page.goto(`/connections/${randomUUID()}`);
      await expect(page.getByRole('heading', { name: 'We can’t find this page' })).toBeVisible();
      await expectAccessible(page, 'not found, signed in');
    });

    test('a company that is not there, for staff', async ({ adminPage }) => {
      await adminPage.goto(`/admin/companies/${randomUUID()}`);
      await expect(
        adminPage.getByRole('heading', { name: 'We can’t find this page' }),
      ).toBeVisible();
      await expectAccessible(adminPage, 'not found, staff');
    });
  });
});

test.describe('admin pages', () => {
  test('list, a search without a result, a company', async ({ page, adminPage, person, codat }) => {
    await connect(page, 'Xero');
    const company = await codat.findCompany(person.businessName);
    await codat.addConnection(company.id, 'exgd', 'Deauthorized');
    await adminPage.goto('/admin/companies');
    await expectAccessible(adminPage, 'admin list');
    await adminPage.goto('/admin/companies?q=nothing-is-called-this');
    await expectAccessible(adminPage, 'admin list, no result');
    await adminPage.goto(`/admin/companies/${company.name}`);
    await expect(adminPage.getByText('Stripe').first()).toBeVisible();
    await expectAccessible(adminPage, 'admin company');
  });

  test('a connection with a name of any length', async ({ adminPage, rows }) => {
    const mark = randomUUID();
    const name = `Xero ${'Donaudampfschifffahrt'.repeat(4)} ${mark}`;
    const [companyId] = await insertListed(mark, [
      { name: `Long ${mark}`, connections: [['Deauthorized', 'exgd', name]] },
    ]);
    // Those that have been so for longest come first.
    await rows.query(
      `update connections set status_changed_at = now() - interval '9 years' where company_id = $1`,
      [companyId],
    );
    for (const path of ['/admin/connections', `/admin/companies/${companyId}`]) {
      await adminPage.goto(path);
      await expect(adminPage.getByText(name).first()).toBeVisible();
      await expectAccessible(adminPage, path);
    }
  });
});

test.describe('with the keyboard alone', () => {
  /** Tabs until the control has the focus, and makes sure that one can see it there. */
  async function tabTo(page: Page, control: Locator): Promise<void> {
    const isFocused = () => control.evaluate((element) => element === document.activeElement);
    await expect(control).toBeVisible();
    for (let presses = 0; presses < 40 && !(await isFocused()); presses += 1) {
      await page.keyboard.press('Tab');
    }
    await expect(control).toBeFocused();
    const outline = await control.evaluate((element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return { drawn: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1, boxShadow };
    });
    expect(outline.drawn || outline.boxShadow !== 'none').toBe(true);
  }

  async function press(page: Page, control: Locator, key: 'Enter' | 'Space'): Promise<void> {
    await tabTo(page, control);
    await page.keyboard.press(key);
  }

  test('signs up, connects, reconnects, disconnects, signs out', async ({ page, codat }) => {
    const person = newPerson();
    await page.goto('/');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await press(
      page,
      page.getByRole('main').getByRole('link', { name: 'Create account' }),
      'Enter',
    );
    await expect(page).toHaveURL('/sign-up');
    for (const [label, text] of [
      ['Your name', person.name],
      ['Business name', person.businessName],
      ['Email', person.email],
      ['Password', person.password],
    ] as const) {
      await tabTo(page, page.getByRole('textbox', { name: label }));
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/connections');

    await press(page, page.getByRole('link', { name: 'Connect your software' }), 'Enter');
    await expect(page).toHaveURL('/connect');
    await press(page, page.getByRole('checkbox'), 'Space');
    await expect(page.getByRole('checkbox')).toBeChecked();
    await press(page, page.getByRole('button', { name: 'Continue to Codat' }), 'Enter');
    await choosePlatform(page, 'Xero');
    await authorize(page, 'Xero');
    await page.getByRole('button', { name: 'Continue' }).click();
    await complete(page);
    await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();
    await press(page, page.getByRole('link', { name: 'Go to your connections' }), 'Enter');

    const xero = connectionEntry(page, 'Xero');
    await expect(xero.getByText('Connected', { exact: true }).first()).toBeVisible();
    await codat.act((await codat.findConnection(person.businessName, 'Xero')).id, 'deauthorize');
    await press(page, xero.getByRole('button', { name: 'Reconnect Xero' }), 'Space');
    await authorize(page, 'Xero');
    await page.getByRole('button', { name: 'Continue' }).click();
    await press(page, page.getByRole('link', { name: 'Go to your connections' }), 'Enter');

    await press(page, xero.getByRole('link', { name: 'Disconnect Xero' }), 'Enter');
    await press(page, page.getByRole('button', { name: 'Disconnect Xero' }), 'Enter');
    await expect(xero.getByText('Disconnected', { exact: true }).first()).toBeVisible();

    await press(page, page.getByLabel('Your account'), 'Enter');
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeHidden();
    await expect(page.getByLabel('Your account')).toBeFocused();
    await page.keyboard.press('Space');
    sessionEnds(page.context());
    await press(page, page.getByRole('button', { name: 'Sign out' }), 'Enter');
    await expect(page).toHaveURL('/sign-in');
  });
});

test('with reduced motion nothing moves when a status changes', async ({ page, person, codat }) => {
  const { id: companyId } = await codat.findCompany(person.businessName);
  const { id } = await codat.addConnection(companyId, 'gbol', 'Linked');
  await page.goto('/connections');
  const xero = connectionEntry(page, 'Xero');
  await expect(xero.getByText('Connected', { exact: true }).first()).toBeVisible();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const startedAnimations = await page.evaluateHandle(() => {
    const names: string[] = [];
    document.addEventListener('animationstart', ({ animationName, target }) => {
      const { animationDuration } = getComputedStyle(target as Element);
      if (Number.parseFloat(animationDuration) > 0.05) names.push(animationName);
    });
    return names;
  });
  await codat.act(id, 'deauthorize');
  await expect(xero.getByText('Needs reconnecting', { exact: true })).toBeVisible();
  expect(await startedAnimations.jsonValue()).toEqual([]);
});
