import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './fixtures/accessibility';
import { insertCompanies } from './fixtures/company-rows';
import { signUpOverHttp } from './fixtures/http-person';
import { type OwnStack, startOwnStack } from './fixtures/own-stack';
import { newPerson } from './fixtures/person';
import { OwnProcess } from './fixtures/portal-process';
import { requireSetting } from './fixtures/stack';
import { TenantRows } from './fixtures/tenant-rows';

// A portal of its own, whose figures nobody else changes, from its first day on.
test.describe.configure({ mode: 'serial' });

let stack: OwnStack;
let rows: TenantRows;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  stack = await startOwnStack();
  rows = new TenantRows(stack.databaseUrl);
  page = await (await browser.newContext({ baseURL: stack.url })).newPage();
});

test.afterAll(async () => {
  await page?.context().close();
  await rows?.close();
  await stack?.stop();
});

const part = (name: string) => page.getByRole('region', { name, exact: true });

/** Somebody new, and their company at Codat. */
async function makeCompany(businessName: string): Promise<string> {
  await signUpOverHttp({ businessName }, stack.url);
  await expect(async () => stack.codat.findCompany(businessName)).toPass();
  return (await stack.codat.findCompany(businessName)).id;
}

test('the first admin lands on an overview that says what to do first', async () => {
  test.setTimeout(90_000);
  const folder = requireSetting('PORTAL_DIR');
  const { email, name, password } = newPerson();
  const invite = new OwnProcess(folder, ['commands/admin-invite.mjs', email], stack.settings);
  expect(await invite.ended(), invite.log).toBe(0);
  const link = /http\S+/.exec(invite.log)?.[0] ?? '';
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('main').getByRole('button', { name: 'Accept and sign in' }).click();

  await expect(page).toHaveURL('/admin');
  await expect(page.getByRole('heading', { name: 'No companies yet' })).toBeVisible();
  await expect(page.getByText(`${stack.url}/sign-up`)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Check the settings' })).toHaveAttribute(
    'href',
    '/admin/settings',
  );
  await expectAccessible(page, 'overview of an empty portal');
});

test('an open overview takes in the first company, and says that nothing is wrong', async () => {
  test.setTimeout(60_000);
  await expect(page).toHaveURL('/admin');
  const company = await makeCompany('Calm Bakery');
  await stack.codat.addConnection(company, 'gbol', 'Linked');
  await expect(part('Companies').getByRole('link', { name: 'Connected 1' })).toBeVisible({
    timeout: 25_000,
  });
  await expect(page.getByText('Nothing needs you')).toBeVisible();
  await expect(part('Needs you')).toHaveCount(0);
  await expect(page.getByText('No connection broke or was repaired')).toBeVisible();
  await expectAccessible(page, 'overview, all well');
});

/** A connection that goes through these states, each known here before the next comes about. */
async function goThrough(businessName: string, platformKey: string, states: string[]) {
  const [first = '', ...later] = states;
  const company = await makeCompany(businessName);
  const { id } = await stack.codat.addConnection(
    company,
    platformKey,
    first as 'Linked' | 'PendingAuth',
  );
  const isKnown = (status: string) =>
    expect
      .poll(
        () => rows.query('select from connections where id = $1 and status = $2', [id, status]),
        { timeout: 20_000 },
      )
      .toHaveLength(1);
  await isKnown(first);
  for (const status of later) {
    await stack.codat.act(id, status === 'Linked' ? 'authorize' : 'deauthorize');
    await isKnown(status);
  }
  return id;
}

/** One of everything that the overview counts. */
async function makeTrouble(): Promise<void> {
  const { codat } = stack;
  await goThrough('Broken Bikes', 'gbol', ['Linked', 'Deauthorized']);
  await goThrough('Mended Motors', 'gbol', ['Linked', 'Deauthorized', 'Linked']);
  const begun = await goThrough('Begun Books', 'exgd', ['PendingAuth']);
  await makeCompany('Nothing Nursery');
  await rows.query(
    `update connections set status_changed_at = now() - interval '12 days' where id = $1`,
    [begun],
  );
  await rows.query(
    insertCompanies(
      `insert into companies (name, origin, codat_company_id)
       values ('Found Florists', 'codat', gen_random_uuid()::text)`,
    ),
  );
  await rows.query(
    `insert into webhook_events (webhook_id, event_type, payload, state)
     select 'dead-' || n, 'connection.connected', '{}', 'dead' from generate_series(1, 3) n`,
  );
  await rows.query(
    `insert into sweeps (first_token, started_at, finished_at, missed_by_webhook, companies_found)
     values (1, now() - interval '2 days', now() - interval '2 days', 4, 1)`,
  );
  await codat.addFault({ method: 'POST', path: '/companies', status: 402, times: 1000 });
  await signUpOverHttp({ businessName: 'Blocked Brewery' }, stack.url);
  await expect
    .poll(() => rows.query(`select from companies where provision_problem = 'setupPlanLimit'`), {
      timeout: 20_000,
    })
    .toHaveLength(1);
}

test('what needs a person comes first, the worst of it before the rest', async () => {
  test.setTimeout(120_000);
  await makeTrouble();
  await page.goto('/admin');
  await expect(part('Needs you').getByRole('listitem')).toContainText([
    '1 company can’t be set up',
    '3 webhook events couldn’t be processed',
    '1 company needs reconnecting',
    '1 company has no customer',
    '1 authorization has been unfinished for over a week',
  ]);
  await expect(part('Needs you')).toContainText('the plan’s company limit is reached');
  await expect(page.getByText('Nothing needs you')).toHaveCount(0);
  const unfinished = part('Unfinished');
  await expect(unfinished).toContainText('Unfinished authorizations1');
  await expect(unfinished).toContainText('The plan’s company limit is reached1');
  const health = part('Health');
  // Besides the four, a sweep may have come upon a change whose webhook was still under way.
  const [sum] = await rows.query<{ missed: number }>(
    'select sum(missed_by_webhook)::int as missed from sweeps',
  );
  expect(sum?.missed).toBeGreaterThanOrEqual(4);
  await expect(health).toContainText(`${sum?.missed} in 7 days`);
  await expect(health).toContainText(/Codat calls used today[\d,]+ of [\d,]+/);
  await expect(health.getByRole('link', { name: /^Last webhook/ })).toContainText(/ago|just now/);
  await expectAccessible(page, 'overview, with trouble');
});

test('every figure leads to as many rows as it says', async () => {
  test.setTimeout(180_000);
  await page.goto('/admin');
  const links = page.getByRole('main').getByRole('link');
  const hrefs = await links.evaluateAll((found) =>
    found.map((link) => link.getAttribute('href') ?? ''),
  );
  const texts = await links.allInnerTexts();
  const figures = hrefs.map((href, i) => ({ href, text: texts[i]?.trim() ?? '' }));
  const isList = /^\/admin\/(companies|connections|changes|webhooks)\b/;
  const counted = figures.filter(
    ({ href, text }) =>
      isList.test(href) && /\d/.test(text) && !/ago/.test(text.split('\n')[0] ?? ''),
  );
  expect(counted.length).toBeGreaterThan(15);
  for (const { href, text } of counted) {
    const line = text.split('\n').find((one) => /^\d|\d$/.test(one.trim())) ?? '';
    const wanted = Number(/^\d+|\d+$/.exec(line.trim())?.[0]);
    await page.goto(href);
    await expect(page.getByRole('main').getByRole('row'), `${text} → ${href}`).toHaveCount(
      wanted + 1,
    );
  }
  await page.goto('/admin');
  const sweeps = part('Health').getByRole('link', { name: /Missed by webhook/ });
  const missed = /(\d+) in 7 days/.exec((await sweeps.textContent()) ?? '')?.[1];
  await sweeps.click();
  await expect(page.getByRole('status')).toContainText(
    `${missed} differences were missed by webhook in the last 7 days, and 1 unknown company was found.`,
  );
});

test('the chart is also a table', async () => {
  await page.goto('/admin');
  const table = part('Broken and repaired, last 7 days').getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(8);
  await expect(table.getByRole('row').last().getByRole('cell')).toHaveText(['2', '1']);
  await part('Broken and repaired, last 7 days').getByRole('link', { name: 'Broke 2' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connection changes');
  await expect(page.getByRole('table', { name: 'Changes' })).toContainText('Broken Bikes');
  await expect(page.getByRole('table', { name: 'Changes' })).toContainText('Mended Motors');
  await expectAccessible(page, 'changes');
  await page.getByRole('link', { name: 'Repaired', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Changes' })).not.toContainText('Broken Bikes');
  await page.getByRole('link', { name: 'Overview', exact: true }).first().click();
  await expect(page).toHaveURL('/admin');
});

test('the lists behind the figures are reached by everybody who has to use them', async () => {
  for (const [path, heading] of [
    ['/admin/connections?status=PendingAuth&since=7', 'Connections'],
    ['/admin/connections?status=Unlinked', 'Connections'],
    ['/admin/changes?from=2001-01-01&to=2001-01-01', 'Connection changes'],
    ['/admin/sweeps', 'Sweeps'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expectAccessible(page, path);
  }
});

test('an open overview follows what happens', async () => {
  test.setTimeout(60_000);
  await page.goto('/admin');
  const broke = part('Needs you').getByRole('link', { name: /needs reconnecting/ });
  await expect(broke).toBeVisible();
  const { id } = await stack.codat.findConnection('Broken Bikes', 'Xero');
  await stack.codat.act(id, 'authorize');
  await expect(broke).toHaveCount(0, { timeout: 25_000 });
  await expect(
    part('Broken and repaired, last 7 days').getByRole('link', { name: 'Repaired 2' }),
  ).toBeVisible();
});
