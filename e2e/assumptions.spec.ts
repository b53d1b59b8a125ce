import { type Browser, expect, type Page, test } from '@playwright/test';
import { connectionEntry } from './fixtures/connections-page';
import { watchConsole } from './fixtures/console-watch';
import { HttpPerson, signUpAction } from './fixtures/http-person';
import { doMainJob } from './fixtures/main-job';
import { type OwnStack, startOwnStack } from './fixtures/own-stack';
import { newPerson } from './fixtures/person';
import { TenantRows } from './fixtures/tenant-rows';

// The local Codat grants nothing here that the real one hasn’t documented: sandbox/assumptions.ts.
let stack: OwnStack;
let rows: TenantRows;
const problems: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(120_000);
  stack = await startOwnStack({ CODAT_PRODUCTS: 'lending' }, { SANDBOX_ASSUMPTIONS: 'fail' });
  await stack.codat.subscribe([]);
  rows = new TenantRows(stack.databaseUrl);
});

test.afterAll(async () => {
  await rows?.close();
  await stack?.stop();
});

async function visit(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.url });
  await watchConsole(context, problems);
  return context.newPage();
}

async function visitAsAdmin(browser: Browser): Promise<Page> {
  const page = await visit(browser);
  const admin = newPerson();
  const http = new HttpPerson(stack.url);
  await http.act(signUpAction, '/sign-up', { ...admin });
  await rows.makeStaff(admin.email, 'admin');
  for (const name of http.cookieNames) {
    await page.context().addCookies([{ name, value: http.cookie(name) ?? '', url: stack.url }]);
  }
  return page;
}

const brokenImages = (page: Page) =>
  page
    .locator('img')
    .evaluateAll((images: HTMLImageElement[]) =>
      images.filter((image) => image.complete && image.naturalWidth === 0).map(({ src }) => src),
    );

async function countRows(sql: string): Promise<number> {
  const [row] = await rows.query<{ n: number }>(`select count(*)::int as n from ${sql}`);
  return row?.n ?? 0;
}

test('the main job is done though no undocumented assumption holds', async ({ browser }) => {
  test.setTimeout(240_000);
  const [page, panel] = [await visit(browser), await visit(browser)];
  const adminPage = await visitAsAdmin(browser);
  // Half the webhooks are held back for up to 2.7 s.
  const person = await doMainJob({ page, adminPage, panel, codat: stack.codat, withinMs: 8000 });

  await test.step('data came, and is dated', async () => {
    await expect
      .poll(() => countRows(`connections where last_sync_at > now() - interval '1 hour'`))
      .toBe(1);
    expect(await countRows(`connections where last_sync_at < '1900-01-01'`)).toBe(0);
    expect(await brokenImages(page)).toEqual([]);
  });

  await test.step('disconnects', async () => {
    await page.goto('/connections');
    const xero = connectionEntry(page, 'Xero');
    expect(await brokenImages(page)).toEqual([]);
    await xero.getByRole('link', { name: 'Disconnect Xero' }).click();
    await page.getByRole('button', { name: 'Disconnect Xero' }).click();
    await expect(page.getByText('Xero is disconnected')).toBeVisible();
    expect((await stack.codat.findConnection(person.businessName, 'Xero')).status).toBe('Unlinked');
  });

  await test.step('staff see it, in every room', async () => {
    const { id } = await rows.companyOf(person.email);
    await adminPage.goto(`/admin/companies/${id}`);
    await expect(adminPage.getByRole('heading', { level: 1 })).toContainText(person.businessName);
    await expect(adminPage.getByText('Disconnected').first()).toBeVisible();
    for (const room of ['', '/companies', '/connections', '/changes', '/sweeps', '/webhooks']) {
      const answer = await adminPage.goto(`/admin${room}`);
      expect([room, answer?.status()]).toEqual([room, 200]);
      expect(await brokenImages(adminPage)).toEqual([]);
    }
  });

  await test.step('every webhook is understood, and the sweep ends', async () => {
    // It begins within the first minute.
    await expect
      .poll(() => countRows(`sweeps where finished_at is not null`), { timeout: 90_000 })
      .toBeGreaterThan(0);
    expect(await countRows(`webhook_events where state = 'dead'`)).toBe(0);
    // Missing logos are the local Codat’s own pages’ to report.
    expect(problems.filter((problem) => !problem.includes('/assets/platforms/'))).toEqual([]);
    expect(
      await countRows(
        `webhook_events where state = 'ignored' and event_type like '%read.completed%'`,
      ),
    ).toBe(0);
  });
});
