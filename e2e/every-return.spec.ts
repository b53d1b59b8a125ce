import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { test } from './fixtures/test';

const codes = ['200', '201', '403', '500', '501', '418', null];

/** A connection in each status, by platform; and two that we know nothing of. */
const states = [
  ['Xero', 'gbol', 'PendingAuth'],
  ['QuickBooks Online', 'qhyg', 'Linked'],
  ['Stripe', 'exgd', 'Deauthorized'],
  ['Shopify', 'fztf', 'Unlinked'],
  ['unknown here', '', null],
  ['not named', '', null],
] as const;

type Told = { heading: string; statuses: Record<string, string>; text: string };

/** What a page says of connections, by platform. */
async function read(page: Page, path: string): Promise<Told> {
  const answer = await page.request.get(path);
  expect(answer.status(), path).toBe(200);
  return page.evaluate(
    (html) => {
      const main = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
      const statuses = [...(main?.querySelectorAll('li [data-status]') ?? [])].map((status) => {
        const name = status.closest('li')?.querySelector('h2, span.font-medium')?.textContent;
        return [name ?? '', status.textContent ?? ''];
      });
      return {
        heading: main?.querySelector('h1')?.textContent ?? '',
        statuses: Object.fromEntries(statuses),
        text: main?.textContent ?? '',
      };
    },
    await answer.text(),
  );
}

const waiting = /automatically|takes a moment|Almost there/;

test('each return, in each state, says what the list of connections says', async ({
  page,
  person,
  codat,
  rows,
}) => {
  test.setTimeout(120_000);
  const company = await codat.findCompany(person.businessName);
  const { id: companyId, userId } = await rows.companyOf(person.email);
  const ids: Record<string, string | null> = { 'unknown here': randomUUID(), 'not named': null };
  for (const [platform, key, status] of states) {
    if (status) ids[platform] = (await codat.addConnection(company.id, key, status)).id;
  }
  const known = () => rows.query('select from connections where company_id = $1', [companyId]);
  await expect.poll(known).toHaveLength(4);
  // An open page hears of all that has come by now.
  await expect
    .poll(async () => Object.keys((await read(page, '/connections')).statuses))
    .toHaveLength(4);

  const comeBack = async (code: string | null, id: string | null, how: object) => {
    const { minutesAgo, verified } = how as { minutesAgo: number; verified: boolean };
    const way = randomUUID();
    await rows.query(
      `insert into link_sessions (id, state_hash, company_id, user_id, connection_id, expires_at,
         returned_at, status_code, verified)
       values ($1, $2, $3, $4, $5, now(), now() - make_interval(mins => $6), $7, $8)`,
      [way, `every-return-${way}`, companyId, userId, id, minutesAgo, code, verified],
    );
    return read(page, `/link/done/${way}`);
  };

  for (const code of codes) {
    for (const [platform, , status] of states) {
      for (const how of [
        { minutesAgo: 0, verified: true },
        { minutesAgo: 0, verified: false },
        { minutesAgo: 10, verified: true },
      ]) {
        const what = `${code}, ${platform}, ${JSON.stringify(how)}`;
        const list = await read(page, '/connections');
        const done = await comeBack(code, ids[platform] ?? null, how);
        for (const [name, said] of Object.entries(done.statuses)) {
          expect(said, `${what}: ${name}`).toBe(list.statuses[name]);
        }
        if (status) expect(done.statuses[platform], what).toBe(list.statuses[platform]);
        // All that works is listed, whatever the visit was about.
        expect(done.statuses['QuickBooks Online'], what).toBe('Connected');
        expect(/is connected$/.test(done.heading), what).toBe(
          status === 'Linked' && code !== '201' && code !== '403',
        );
        if (status === 'Linked')
          expect(done.text, what).not.toMatch(/didn’t go through|Nothing is/);
        const mayWait = code === '200' && status !== 'Linked' && how.minutesAgo === 0;
        if (!mayWait && how.verified) expect(done.text, what).not.toMatch(waiting);
      }
    }
  }
});

test('a business that was deleted at Codat says so after each return', async ({
  page,
  person,
  codat,
  rows,
}) => {
  const company = await codat.findCompany(person.businessName);
  const { id: companyId, userId } = await rows.companyOf(person.email);
  await codat.deleteCompany(company.id);
  const title = 'This business is no longer set up for sharing';
  await expect.poll(async () => (await read(page, '/connections')).text).toContain(title);
  for (const code of codes) {
    const way = randomUUID();
    await rows.query(
      `insert into link_sessions (id, state_hash, company_id, user_id, expires_at, returned_at, status_code)
       values ($1, $2, $3, $4, now(), now(), $5)`,
      [way, `every-return-${way}`, companyId, userId, code],
    );
    const done = await read(page, `/link/done/${way}`);
    expect(done.text).toContain(title);
    expect(done.heading).toBe('You can’t connect anything right now');
    expect(done.text).not.toMatch(waiting);
  }
});
