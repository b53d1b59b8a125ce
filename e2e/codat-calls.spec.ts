import { expect, type Page } from '@playwright/test';
import { authorize, choosePlatform, connect } from './fixtures/hosted-link';
import type { CodatCompany, LocalCodat } from './fixtures/local-codat';
import type { PortalDatabase } from './fixtures/portal-database';
import { test } from './fixtures/test';

/** Waits until everything that happened at Codat has arrived here and been confirmed. */
async function settle(company: CodatCompany, codat: LocalCodat, database: PortalDatabase) {
  const rest = async () => {
    const deliveries = await codat.deliveriesFor(company.id);
    const news = deliveries.filter(
      ({ state, generatedDate }) =>
        // The first read of a new connection is announced a little after the authorization.
        state !== 'Success' || Date.now() - Date.parse(generatedDate) < 4000,
    );
    const waiting = await database.countWaitingEvents(company.id);
    if (news.length === 0 && waiting === 0) await database.hastenRead(company.id);
    return { news: news.length, waiting, readDue: await database.isReadDue(company.id) };
  };
  await expect.poll(rest, { timeout: 60_000 }).toEqual({ news: 0, waiting: 0, readDue: false });
}

/** Opens pages, each twice. */
async function openTwice(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    const response = await page.goto(path);
    expect(response?.ok(), path).toBe(true);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.reload();
  }
}

test('rendering any page asks Codat nothing', async ({
  page,
  person,
  codat,
  adminPage,
  database,
}) => {
  // The platforms are read once at start-up, in the background.
  await expect
    .poll(async () => (await page.request.get('/api/platforms/gbol/logo')).status())
    .toBe(200);
  await connect(page, 'Xero');
  const company = await codat.findCompany(person.businessName);
  const connections = await Promise.all([
    codat.addConnection(company.id, 'exgd', 'Deauthorized'),
    codat.addConnection(company.id, 'suuo', 'PendingAuth'),
    codat.addConnection(company.id, 'zsth', 'Unlinked'),
  ]);
  const done = new URL(page.url()).pathname;
  await settle(company, codat, database);

  const since = new Date();
  await openTwice(page, [
    '/',
    '/sign-in',
    '/sign-up',
    '/connections',
    '/connect',
    done,
    ...connections.flatMap(({ id }) => [
      `/connections/${id}`,
      `/connect?connection=${id}`,
      `/connections/${id}/disconnect`,
    ]),
  ]);
  await openTwice(adminPage, [
    '/admin/companies',
    `/admin/companies?q=${encodeURIComponent(person.businessName)}`,
    `/admin/companies/${company.name}`,
  ]);
  expect(await codat.callsFor(company.id, since)).toEqual([]);
});

test('a hand-off costs one call, the way back one, and its webhooks at most one more', async ({
  page,
  person,
  codat,
  database,
}) => {
  const company = await codat.findCompany(person.businessName);
  const read = `GET /companies/${company.id}`;
  await settle(company, codat, database);

  const start = new Date();
  await page.goto('/connect');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Continue to Codat' }).click();
  await expect(page.getByRole('heading', { name: 'Connect your business data' })).toBeVisible();
  expect(await codat.callsFor(company.id, start)).toEqual([read]);

  await choosePlatform(page, 'Xero');
  await authorize(page, 'Xero');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('button', { name: 'Complete' })).toBeVisible();
  expect(await codat.callsFor(company.id, start)).toEqual([read]);

  // As the browser would, without the page behind it.
  const comingBack = page.waitForRequest(/\/link\/return\?/);
  const back = new Date();
  await page.getByRole('button', { name: 'Complete' }).click();
  await (await comingBack).response();
  expect(await codat.callsFor(company.id, back)).toEqual([read]);
  await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();

  await settle(company, codat, database);
  const events = (await codat.deliveriesFor(company.id)).map(({ eventType }) => eventType);
  expect(events).toContain('read.completed.initial');
  const calls = await codat.callsFor(company.id, back);
  expect(calls.length).toBeLessThanOrEqual(2);
  expect(new Set(calls)).toEqual(new Set([read]));
});
