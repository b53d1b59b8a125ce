import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import type { TenantRows } from './fixtures/tenant-rows';
import { test } from './fixtures/test';

/** Entries of one company, the last the newest. */
async function record(rows: TenantRows, companyId: string, count: number): Promise<void> {
  await rows.query(
    `insert into audit_entries (at, actor_kind, actor_name, action, company_id, subject, detail,
       request_id, ip_address)
     select '2026-01-01'::timestamptz + n * interval '1 minute', 'person', 'ada@example.com',
       'company.rename', $1, 'Name ' || n, jsonb_build_object('to', '<i>Name</i> ' || n + 1),
       'request-' || n, '203.0.113.9'
     from generate_series(1, $2::int) n`,
    [companyId, count],
  );
}

const table = (page: Page) => page.getByRole('table', { name: 'Audit log' });
const told = (page: Page) => table(page).getByRole('rowheader').locator('p:first-child');

test.describe('in Sydney', () => {
  test.use({ timezoneId: 'Australia/Sydney' });
  test('a filter means the time that is read', async ({ adminPage, person, rows }) => {
    const { id } = await rows.companyOf(person.email);
    // 12:33 in London.
    await rows.query(
      `insert into audit_entries (at, actor_kind, actor_name, action, company_id, detail)
       values ('2026-11-28T12:33:00Z', 'person', 'ada@example.com', 'company.reread', $1, '{}')`,
      [id],
    );
    await adminPage.goto(`/admin/audit?company=${id}`);
    await expect(table(adminPage)).toContainText('23:33');
    const from = adminPage.getByLabel('From (Australia/Sydney)');
    await expect(from).toBeVisible();
    await from.fill('2026-11-28T23:33');
    await adminPage.getByLabel('To (Australia/Sydney)').fill('2026-11-28T23:33');
    await adminPage.getByRole('button', { name: 'Apply' }).click();
    await expect(adminPage).toHaveURL(/zone=Australia%2FSydney/);
    await expect(told(adminPage)).toHaveCount(1);
    await from.fill('2026-11-28T23:34');
    await adminPage.getByLabel('To (Australia/Sydney)').fill('2026-11-28T23:34');
    await adminPage.getByRole('button', { name: 'Apply' }).click();
    await expect(adminPage.getByRole('heading', { name: 'No entries match' })).toBeVisible();
  });
});

test('what staff did to a company is told in words, and in full', async ({
  adminPage,
  person,
  rows,
}) => {
  const { id } = await rows.companyOf(person.email);
  await adminPage.goto(`/admin/companies/${id}`);
  await record(rows, id, 1);
  await adminPage.getByRole('link', { name: 'Audit' }).click();
  await expect(adminPage.getByRole('heading', { level: 1 })).toHaveText('Audit');
  await adminPage.getByText('Filter', { exact: true }).click();
  await adminPage.getByRole('textbox', { name: 'Company or Codat ID' }).fill(id);
  await adminPage.getByRole('button', { name: 'Apply' }).click();
  await expect(told(adminPage)).toHaveText(['Renamed Name 1 to <i>Name</i> 2']);
  const row = table(adminPage).getByRole('row').last();
  await expect(row.getByRole('link', { name: person.businessName })).toHaveAttribute(
    'href',
    `/admin/companies/${id}`,
  );
  await expect(row.getByText('ada@example.com')).toBeVisible();
  await row.getByText('Details', { exact: true }).click();
  for (const fact of ['company.rename', '<i>Name</i> 2', 'request-1', '203.0.113.9']) {
    await expect(row.getByRole('definition').filter({ hasText: fact }).first()).toBeVisible();
  }
  await expectAccessible(adminPage, 'audit log');

  await adminPage.getByRole('combobox', { name: 'Action' }).selectOption('company.delete');
  await adminPage.getByRole('button', { name: 'Apply' }).click();
  await expect(adminPage.getByRole('heading', { name: 'No entries match' })).toBeVisible();
  await expectAccessible(adminPage, 'audit log, nothing found');
  await adminPage.getByRole('link', { name: 'Show all entries' }).click();
  await expect(adminPage).toHaveURL('/admin/audit');
});

test('what is filtered is taken away as a file, and that is recorded', async ({
  adminPage,
  person,
  rows,
}) => {
  const { id } = await rows.companyOf(person.email);
  await record(rows, id, 3);
  await adminPage.goto(`/admin/audit?company=${id}&to=2026-01-01T00:02`);
  const coming = adminPage.waitForEvent('download');
  await adminPage.getByRole('link', { name: 'Export CSV' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(',ada@example.com,company.rename,');
  await adminPage.goto('/admin/audit?action=export.audit');
  await expect(told(adminPage).first()).toHaveText('Exported the audit log');
});

test('pages follow each other both ways', async ({ adminPage, person, rows }) => {
  const { id } = await rows.companyOf(person.email);
  await record(rows, id, 60);
  await adminPage.goto(`/admin/audit?company=${id}`);
  const pages = adminPage.getByRole('navigation', { name: 'Pages' });
  await expect(told(adminPage)).toHaveCount(50);
  await expect(told(adminPage).first()).toContainText('Name 60');
  await pages.getByRole('link', { name: 'Older' }).click();
  await expect(told(adminPage)).toHaveCount(10);
  await expect(told(adminPage).last()).toContainText('Renamed Name 1 ');
  await pages.getByRole('link', { name: 'Newer' }).click();
  await expect(told(adminPage)).toHaveCount(50);
  await expect(told(adminPage).first()).toContainText('Name 60');
});

test.describe('each role', () => {
  test.use({ expectedProblems: [/status of 404/] });
  test('an auditor reads it; support neither sees the way nor the page', async ({ staffPage }) => {
    for (const role of ['auditor', 'support'] as const) {
      const page = await staffPage(role);
      await page.goto('/admin/companies');
      const way = page.getByRole('navigation', { name: 'Main' }).getByRole('link', {
        name: 'Audit',
      });
      await expect(way).toHaveCount(role === 'auditor' ? 1 : 0);
      const file = await page.request.get('/admin/audit/export?company=nobody');
      expect(file.status()).toBe(role === 'auditor' ? 200 : 404);
      await page.goto('/admin/audit');
      const heading = role === 'auditor' ? 'Audit' : 'We can’t find this page';
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    }
  });
});
