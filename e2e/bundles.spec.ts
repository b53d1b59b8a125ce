import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { demoOwner, submitSignIn } from './fixtures/person';
import { test } from './fixtures/test';

// Zod puts its name into every schema, so this survives minification.
const zod = /vendor:\s*"zod"/;

test('no page of a customer loads Zod', async ({ page }) => {
  expect(readFileSync('node_modules/zod/v4/core/schemas.js', 'utf8')).toMatch(zod);
  await page.goto('/sign-in?callbackUrl=/connections');
  await submitSignIn(page, demoOwner);
  await expect(page).toHaveURL('/connections');
  const connection = await page.locator('a[href^="/connections/"]').first().getAttribute('href');
  const own = `/connections/${connection?.split('/')[2]}`;
  const paths = [
    '/',
    '/sign-in',
    '/sign-up',
    '/link/thanks',
    '/account',
    '/connections',
    '/connect',
  ];
  const loadedBy = new Map<string, string>();
  for (const path of [...paths, own, `${own}/disconnect`]) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(200);
    // Those in script tags, and those that the flight data names.
    for (const [script] of (await answer.text()).matchAll(
      /\/_next\/static\/chunks\/[^"'\\?]+\.js/g,
    )) {
      loadedBy.set(script, path);
    }
  }
  expect(loadedBy.size).toBeGreaterThan(10);
  for (const [script, path] of loadedBy) {
    const code = await (await page.request.get(script)).text();
    expect(zod.test(code), `${script}, loaded by ${path}, contains Zod`).toBe(false);
  }
});
