import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { actionId, deploymentEnvironment } from '@/tools/building/deployment.mjs';
import { newPerson } from './fixtures/person';
import { requireSetting } from './fixtures/stack';
import { test } from './fixtures/test';

test.describe('a page of a build that is no more', () => {
  test.use({ expectedProblems: [/status of 409|was not found on the server/] });

  test('says so when its form is not known any longer, and offers to load anew', async ({
    page,
  }) => {
    const person = newPerson();
    await page.goto('/sign-in');
    await page.route('**/sign-in', (route) => {
      const headers = { ...route.request().headers() };
      if (headers['next-action']) headers['next-action'] = `7f${'0'.repeat(40)}`;
      return route.continue({ headers });
    });
    await page.getByLabel('Email').fill(person.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'This page is out of date' })).toBeVisible();
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByLabel('Email')).toHaveValue('');
  });
});

test('every build with the same key knows a form by the same name', () => {
  const file = join(requireSetting('PORTAL_DIR'), '.next/server/server-reference-manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    encryptionKey: string;
    node: Record<string, { filename: string; exportedName: string }>;
  };
  const actions = Object.entries(manifest.node);
  expect(actions.length).toBeGreaterThan(5);
  expect(manifest.encryptionKey).toBe(
    deploymentEnvironment({}, 'x').NEXT_SERVER_ACTIONS_ENCRYPTION_KEY,
  );
  // The first byte says which arguments are used; the rest is all that a later build must share.
  for (const [id, { filename, exportedName }] of actions) {
    expect(id.slice(2), exportedName).toBe(
      actionId(manifest.encryptionKey, filename, exportedName),
    );
  }
});
