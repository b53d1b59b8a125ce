import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import {
  authorize,
  choosePlatform,
  complete,
  leaveForLink,
  leaveWithoutFinishing,
} from './fixtures/hosted-link';
import { submitSignIn } from './fixtures/person';
import { signUpUnseen } from './fixtures/signed-in';
import { test } from './fixtures/test';

/** Leaves for Hosted Link; the `state` that went along. */
async function leaveWithState(page: Page): Promise<string> {
  const opening = page.waitForRequest((request) => /\/company\//.test(request.url()));
  await leaveForLink(page);
  const state = new URL((await opening).url()).searchParams.get('state');
  if (!state) throw new Error('the Link URL carries no state');
  return state;
}

function returnPath(query: Record<string, string>): string {
  return `/link/return?${new URLSearchParams(query)}`;
}

test.beforeEach(({ person }) => person);

test('no status code: the page says that it does not know', async ({ page }) => {
  const state = await leaveWithState(page);
  await page.goto(returnPath({ state, statusCode: '' }));
  await expect(
    page.getByRole('heading', { name: 'We couldn’t confirm what happened' }),
  ).toBeVisible();
  await expect(page.getByText('Nothing is connected right now.')).toBeVisible();
});

test('a claim of success is not believed until Codat says so, and then shown at once', async ({
  page,
  person,
  codat,
}) => {
  const state = await leaveWithState(page);
  await choosePlatform(page, 'Xero');
  const { id } = await codat.findConnection(person.businessName, 'Xero');
  await page.goto(returnPath({ state, statusCode: '200', connectionId: id }));
  await expect(page.getByRole('heading', { name: 'Almost there' })).toBeVisible();
  await codat.act(id, 'authorize');
  await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();
});

test("another business's connection in the query is neither shown nor named", async ({
  page,
  visit,
  codat,
}) => {
  const stranger = await signUpUnseen((await visit()).context());
  const company = await codat.findCompany(stranger.businessName);
  const theirs = await codat.addConnection(company.id, 'gbol', 'Linked');

  const state = await leaveWithState(page);
  await page.goto(returnPath({ state, statusCode: '200', connectionId: theirs.id }));
  await expect(page.getByRole('heading', { name: 'Almost there' })).toBeVisible();
  await expect(page.getByText('Nothing is connected right now.')).toBeVisible();
  await expect(page.getByText('Xero')).toHaveCount(0);
});

test('a used state leads to its own outcome again and changes nothing', async ({ page }) => {
  const state = await leaveWithState(page);
  await leaveWithoutFinishing(page);
  const stopped = page.getByRole('heading', { name: 'You stopped before finishing' });
  await expect(stopped).toBeVisible();
  const outcome = page.url();
  await page.goto(returnPath({ state, statusCode: '200' }));
  await expect(page).toHaveURL(outcome);
  await expect(stopped).toBeVisible();
});

const claims: Record<string, Record<string, string>> = {
  'a forged state': { state: 'bm90LWEtc3RhdGU', statusCode: '200', connectionId: randomUUID() },
  'no state': { statusCode: '200', connectionId: randomUUID() },
  'an error message with markup': { statusCode: '500', errorMessage: '<b>Call 0800 1234</b>' },
};
for (const [name, query] of Object.entries(claims)) {
  test(`${name} shows how things really stand`, async ({ page }) => {
    await page.goto(returnPath(query));
    await expect(page).toHaveURL(/\/connections(\?|$)/);
    await expect(page.getByText('We couldn’t match your return')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Add your first connection' })).toBeVisible();
    await expect(page.getByText('0800 1234')).toHaveCount(0);
  });
}

test.describe('a stranger', () => {
  test.use({ expectedProblems: [/status of 404/] });
  test("a stranger's state tells them nothing and is not used up by them", async ({
    page,
    visit,
  }) => {
    const state = await leaveWithState(page);
    const stranger = await visit();
    await signUpUnseen(stranger.context());
    await stranger.goto(returnPath({ state, statusCode: '200' }));
    await expect(stranger).toHaveURL(/\/connections(\?|$)/);

    await choosePlatform(page, 'Xero');
    await authorize(page, 'Xero');
    await page.getByRole('button', { name: 'Continue' }).click();
    await complete(page);
    const outcome = page.getByRole('heading', { name: 'Xero is connected' });
    await expect(outcome).toBeVisible();
    await stranger.goto(new URL(page.url()).pathname);
    await expect(stranger.getByRole('heading', { name: 'We can’t find this page' })).toBeVisible();
  });
});

test.describe('signed out meanwhile', () => {
  test('signing in again leads on to the confirmation', async ({ page, context, person }) => {
    await leaveForLink(page);
    await choosePlatform(page, 'Xero');
    await context.clearCookies({ name: /portal-session/ });
    await authorize(page, 'Xero');
    await page.getByRole('button', { name: 'Continue' }).click();
    await complete(page);
    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Flink%2Freturn/);
    await submitSignIn(page, person);
    await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();
    await expect(page).toHaveURL(/\/link\/done\/[0-9a-f-]{36}$/);
  });
});
