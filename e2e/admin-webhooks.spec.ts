import { randomUUID } from 'node:crypto';
import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { signUpOverHttp } from './fixtures/http-person';
import { deliver, eventBody, newWebhookId } from './fixtures/signed-delivery';
import type { StaffRole } from './fixtures/tenant-rows';
import { test } from './fixtures/test';

const room = (codatCompanyId: string, more = '') =>
  `/admin/webhooks?company=${codatCompanyId}${more}`;

function table(page: Page, name = 'Deliveries'): Locator {
  return page.getByRole('table', { name });
}

/** The row of one delivery, which names its webhook id. */
function row(page: Page, webhookId: string, name?: string): Locator {
  return table(page, name).getByRole('row').filter({ hasText: webhookId });
}

/** An event about a company that is known here; processed unless something is in the way. */
async function deliverAbout(codatCompanyId: string, payload: object = {}): Promise<string> {
  const id = newWebhookId();
  const body = eventBody('company.created', { id: codatCompanyId, ...payload });
  expect(await deliver({ id, body })).toBe(204);
  return id;
}

test('a delivery is found, and its whole story read', async ({ adminPage, person, codat }) => {
  const company = await codat.findCompany(person.businessName);
  const id = await deliverAbout(company.id, {
    description: '<img src=x onerror=alert(1)> ask ann@example.com',
    tags: { uid: company.name },
    credentials: { apiKey: 'not-for-support' },
  });
  await deliver({ id, body: eventBody('company.created', { id: company.id }) });
  await adminPage.goto('/admin/webhooks');
  await adminPage.getByText('Filter', { exact: true }).click();
  await adminPage.getByRole('textbox', { name: 'Webhook ID' }).fill(id);
  await adminPage.getByRole('button', { name: 'Apply' }).click();
  await expect(adminPage).toHaveURL(new RegExp(`[?&]webhook=${id}`));
  const mine = row(adminPage, id);
  await expect(mine.locator('[data-state=processed]')).toBeVisible();
  await expect(mine.getByRole('link', { name: person.businessName })).toHaveAttribute(
    'href',
    `/admin/companies/${company.name}`,
  );
  await expect(mine.getByRole('cell').last()).toHaveText(/2$/);

  await mine.getByRole('link', { name: 'company.created' }).click();
  await expect(adminPage.getByRole('heading', { level: 1 })).toHaveText('company.created');
  for (const step of ['Received', 'Signature verified', 'Delivered again, 1 time', 'Processed']) {
    await expect(adminPage.getByRole('listitem').filter({ hasText: step }).first()).toBeVisible();
  }
  const payload = adminPage.getByRole('region', { name: 'Payload as JSON' });
  await expect(payload).toContainText(`"uid": "${company.name}"`);
  await expect(payload).toContainText('<img src=x onerror=alert(1)> ask [masked email]');
  await expect(payload).toContainText('"apiKey": "[masked text, 15 characters]"');
  await expectAccessible(adminPage, 'a webhook event');
});

test('an event that cannot be applied becomes a dead letter, first on the page', async ({
  adminPage,
  person,
  codat,
  database,
  rows,
}) => {
  const owner = await signUpOverHttp();
  await expect(() => codat.findCompany(owner.person.businessName)).toPass();
  const others = await codat.findCompany(owner.person.businessName);
  const connection = await codat.addConnection(others.id, 'gbol', 'Linked');
  await expect
    .poll(() => rows.query('select from connections where id = $1', [connection.id]))
    .toHaveLength(1);
  const mine = await codat.findCompany(person.businessName);
  const id = newWebhookId();
  const body = eventBody('connection.connected', {
    referenceCompany: { id: mine.id },
    connection: { ...connection, sourceType: 'Accounting', created: '2026-01-01T00:00:00Z' },
  });
  expect(await deliver({ id, body })).toBe(204);

  await adminPage.goto(room(mine.id));
  await expect(row(adminPage, id).getByText('Retrying')).toBeVisible();
  await expect(async () => {
    await database.hastenEvent(id);
    expect((await database.findEvent(id)).states).toEqual(['dead']);
  }).toPass();
  const letter = row(adminPage, id, 'Dead letters');
  await expect(letter.getByText('Dead letter', { exact: true })).toBeVisible();
  await expect(letter).toContainText('the connection belongs to another company');
  await expect(adminPage.getByText('One event failed 8 times.')).toBeVisible();
  await expectAccessible(adminPage, 'dead letters');

  await letter.getByRole('link', { name: 'connection.connected' }).click();
  await expect(adminPage.getByText('Attempt 8 failed')).toBeVisible();
  await adminPage.getByRole('button', { name: 'Retry' }).click();
  await expect(
    adminPage.getByRole('status').getByText('One event is queued for retry.'),
  ).toBeVisible();
  await expect(adminPage.getByText('Retried by admin@example.com')).toBeVisible();
  await expect(adminPage.getByText('Attempt 1 failed')).toHaveCount(2);
});

test('dead letters of one cause are settled as a group, and can still be retried', async ({
  adminPage,
  person,
  codat,
  database,
}) => {
  const company = await codat.findCompany(person.businessName);
  const ids = [await deliverAbout(company.id), await deliverAbout(company.id)];
  for (const id of ids) {
    await expect.poll(async () => (await database.findEvent(id)).states).toEqual(['processed']);
  }
  await database.buryEvents(company.id, 'broken then');

  await adminPage.goto(room(company.id));
  const group = adminPage.getByRole('listitem').filter({ hasText: /events, one cause/ });
  await expect(group).toContainText('broken then');
  await group.getByText('Settle…').click();
  const settle = group.getByRole('button', { name: /^Settle \d+$/ });
  await group.getByRole('textbox', { name: 'Reason' }).fill('   ');
  await settle.click();
  await expect(adminPage.getByRole('alert').filter({ hasText: 'Say why' })).toBeVisible();
  await expectAccessible(adminPage, 'settling dead letters');
  await group.getByRole('textbox', { name: 'Reason' }).fill('Codat’s fault, ticket 4711');
  await settle.click();
  await expect(adminPage.getByRole('status').getByText(/events are settled/)).toBeVisible();
  await expect(adminPage.getByRole('heading', { name: 'Dead letters' })).toHaveCount(0);
  for (const id of ids) expect((await database.findEvent(id)).states).toEqual(['settled']);

  await adminPage.goto(room(company.id, '&state=settled'));
  await row(adminPage, ids[0] ?? '')
    .getByRole('link', { name: 'company.created' })
    .click();
  await expect(adminPage.getByText('Settled by admin@example.com')).toBeVisible();
  await expect(adminPage.getByText('Codat’s fault, ticket 4711')).toBeVisible();
  await adminPage.getByRole('button', { name: 'Retry' }).click();
  await expect
    .poll(async () => (await database.findEvent(ids[0] ?? '')).states)
    .toEqual(['processed']);
});

test('dead letters of a filter are all put back at once, and nobody else’s', async ({
  adminPage,
  person,
  codat,
  database,
  rows,
}) => {
  const company = await codat.findCompany(person.businessName);
  const other = await signUpOverHttp();
  await expect(() => codat.findCompany(other.person.businessName)).toPass();
  const others = await codat.findCompany(other.person.businessName);
  const ids = [await deliverAbout(company.id), await deliverAbout(company.id)];
  const left = await deliverAbout(others.id);
  for (const id of [...ids, left]) {
    await expect.poll(async () => (await database.findEvent(id)).states).toEqual(['processed']);
  }
  await database.buryEvents(company.id, 'broken then');
  await database.buryEvents(others.id, 'broken then');

  await adminPage.goto(room(company.id, '&state=dead'));
  await adminPage.getByRole('button', { name: /^Retry all \d+$/ }).click();
  await expect(
    adminPage.getByRole('status').getByText(/events are queued for retry/),
  ).toBeVisible();
  for (const id of ids) {
    await expect.poll(async () => (await database.findEvent(id)).states).toEqual(['processed']);
  }
  expect((await database.findEvent(left)).states).toEqual(['dead']);
  await expect(adminPage.getByRole('heading', { name: 'No deliveries match' })).toBeVisible();
  const audited = await rows.query<{ count: string }>(
    `select detail ->> 'count' as count from audit_entries
     where action = 'webhook.reprocess' and detail ->> 'company' = $1`,
    [company.id],
  );
  expect(Number(audited[0]?.count)).toBeGreaterThanOrEqual(2);
});

test('ticked rows are put back, and what is ticked outlives live news', async ({
  adminPage,
  database,
}) => {
  const unknown = randomUUID();
  const ids = await database.insertOldEvents(unknown, 30);
  await adminPage.goto(room(unknown));
  const [first = '', second = ''] = ids;
  await row(adminPage, first).getByRole('checkbox').check();
  await row(adminPage, second).getByRole('checkbox').check();
  await row(adminPage, second).scrollIntoViewIfNeeded();
  const placeOf = () =>
    row(adminPage, second).evaluate((element) => element.getBoundingClientRect().top);
  const place = await placeOf();

  const news = newWebhookId();
  const about = { referenceCompany: { id: unknown } };
  await deliver({ id: news, body: eventBody('connection.created', about) });
  const fresh = adminPage.getByRole('link', { name: '1 new delivery' });
  await expect(fresh).toBeVisible({ timeout: 20_000 });
  await expect(row(adminPage, news)).toHaveCount(0);
  expect(await placeOf()).toBe(place);
  await expect(row(adminPage, first).getByRole('checkbox')).toBeChecked();

  await adminPage.getByRole('button', { name: 'Retry 2' }).click();
  await expect(adminPage.getByText('2 events are queued for retry.')).toBeVisible();
  await expect(row(adminPage, first).getByText('Unmatched')).toBeVisible();
  await expect(row(adminPage, ids[2] ?? '').locator('[data-state=processed]')).toBeVisible();
  await expect(row(adminPage, second).getByRole('checkbox')).not.toBeChecked();

  await fresh.click();
  await expect(row(adminPage, news)).toBeVisible();
  await adminPage.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await expect(adminPage.getByRole('button', { name: 'Retry 25' })).toBeVisible();
});

test('pressing without a choice says what to do', async ({ adminPage, database }) => {
  const unknown = randomUUID();
  await database.insertOldEvents(unknown, 1);
  await adminPage.goto(room(unknown));
  await adminPage.getByRole('button', { name: 'Retry selected' }).click();
  await expect(
    adminPage.getByRole('alert').filter({ hasText: 'Nothing is selected' }),
  ).toBeFocused();
});

test('it works without JavaScript', async ({ visit, adminState, database }) => {
  const unknown = randomUUID();
  const [id = ''] = await database.insertOldEvents(unknown, 2);
  const page = await visit({ storageState: adminState, javaScriptEnabled: false });
  await page.goto(room(unknown));
  await row(page, id).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Retry selected' }).click();
  await expect(page.getByText('One event is queued for retry.')).toBeVisible();
  await expect.poll(async () => (await database.findEvent(id)).states).toEqual(['unmatched']);
});

test('pages follow each other both ways, and their state is in the address', async ({
  adminPage,
  database,
}) => {
  const unknown = randomUUID();
  const ids = await database.insertOldEvents(unknown, 60);
  const shown = async () => {
    const texts = await table(adminPage).getByRole('rowheader').allTextContents();
    return texts.map((text) => ids.find((id) => text.endsWith(id)));
  };
  await adminPage.goto(room(unknown));
  expect(await shown()).toEqual(ids.slice(0, 25));
  const pages = adminPage.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('link', { name: 'Older' }).click();
  await expect(row(adminPage, ids[49] ?? '')).toBeVisible();
  expect(await shown()).toEqual(ids.slice(25, 50));
  await pages.getByRole('link', { name: 'Older' }).click();
  await expect(row(adminPage, ids[59] ?? '')).toBeVisible();
  expect(await shown()).toEqual(ids.slice(50));
  await expect(pages.getByRole('link', { name: 'Older' })).toHaveCount(0);
  await pages.getByRole('link', { name: 'Newer' }).click();
  await expect(row(adminPage, ids[25] ?? '')).toBeVisible();
  expect(await shown()).toEqual(ids.slice(25, 50));
  await adminPage.reload();
  expect(await shown()).toEqual(ids.slice(25, 50));
  await adminPage.goBack();
  await expect(row(adminPage, ids[59] ?? '')).toBeVisible();
});

test('filters by time, type and result, and says when nothing matches', async ({
  adminPage,
  database,
}) => {
  const unknown = randomUUID();
  const ids = await database.insertOldEvents(unknown, 5);
  await adminPage.goto(room(unknown, '&from=2025-12-31T23:56&to=2025-12-31T23:57'));
  await expect(table(adminPage).getByRole('rowheader')).toHaveCount(2);
  await expect(row(adminPage, ids[2] ?? '')).toBeVisible();
  await adminPage.getByRole('combobox', { name: 'Event type' }).selectOption('read.completed');
  await adminPage.getByRole('button', { name: 'Apply' }).click();
  await expect(adminPage.getByRole('heading', { name: 'No deliveries match' })).toBeVisible();
  await expectAccessible(adminPage, 'no deliveries match');
  await adminPage.getByRole('link', { name: 'Clear filters' }).click();
  await expect(adminPage).toHaveURL('/admin/webhooks');
  const results = adminPage.getByRole('navigation', { name: 'Filter by result' });
  await results.getByRole('link', { name: /^Processed/ }).click();
  await expect(results.getByRole('link', { name: /^Processed/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
});

test.describe('who may only look', () => {
  test.use({ expectedProblems: [/status of 404/] });
  test('sees everything and puts nothing back', async ({ staffPage, database }) => {
    const unknown = randomUUID();
    const [id = ''] = await database.insertOldEvents(unknown, 3);
    await database.buryEvents(unknown, 'a long story '.repeat(38));
    for (const role of ['support', 'auditor'] satisfies StaffRole[]) {
      const page = await staffPage(role);
      await page.goto(room(unknown));
      await expect(row(page, id, 'Dead letters')).toBeVisible();
      await expect(page.getByRole('checkbox')).toHaveCount(0);
      await expect(page.getByRole('button', { name: /Retry/ })).toHaveCount(0);
      await row(page, id).getByRole('link', { name: 'company.created' }).click();
      await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
      await expect(page.getByRole('button', { name: /Retry/ })).toHaveCount(0);
      await page.goto('/admin/webhooks/999999999');
      await expect(page.getByRole('heading', { name: 'We can’t find this page' })).toBeVisible();
    }
  });
});
