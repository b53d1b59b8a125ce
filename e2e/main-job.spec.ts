import { expect } from '@playwright/test';
import { doMainJob } from './fixtures/main-job';
import { newPerson } from './fixtures/person';
import { test } from './fixtures/test';

test('a business signs up, connects Xero, loses access and repairs it', async ({
  page,
  visit,
  codat,
  adminPage,
}) => {
  await doMainJob({ page, adminPage, panel: await visit(), codat, withinMs: 2000 });
});

test('a double press and a second tab make one company', async ({ page, visit, codat }) => {
  const person = newPerson();
  const other = await visit();
  for (const tab of [page, other]) {
    await tab.goto('/sign-up');
    await tab.getByLabel('Your name').fill(person.name);
    await tab.getByLabel('Business name').fill(person.businessName);
    await tab.getByLabel('Email').fill(person.email);
    await tab.getByRole('textbox', { name: 'Password' }).fill(person.password);
  }
  await Promise.all([
    page.getByRole('button', { name: 'Create account' }).dblclick(),
    other.getByRole('button', { name: 'Create account' }).click(),
  ]);
  for (const tab of [page, other]) {
    await expect(tab).toHaveURL('/connections');
    await expect(tab.getByRole('heading', { name: 'Add your first connection' })).toBeVisible();
  }
  expect(await codat.countCompanies(person.businessName)).toBe(1);
});
