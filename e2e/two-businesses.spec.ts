import { expect, type Locator, type Page } from '@playwright/test';
import { pageRules } from '@/architecture/access-rules';
import { connectionEntry } from './fixtures/connections-page';
import { authorize, choosePlatform, complete } from './fixtures/hosted-link';
import { newPerson, type Person, submitSignIn } from './fixtures/person';
import { signUpUnseen } from './fixtures/signed-in';
import { test as base } from './fixtures/test';

type Business = {
  name: string;
  id: string;
  codatId: string;
  xero: string;
  /** A way to Hosted Link that came back. */
  way: string;
};

/** Someone with two businesses that both have a Xero. */
const test = base.extend<{ both: { person: Person; a: Business; b: Business } }>({
  both: async ({ page, visit, codat, rows }, use) => {
    const made: Business[] = [];
    const people: Person[] = [];
    for (const context of [page.context(), (await visit()).context()]) {
      const person = await signUpUnseen(context, newPerson());
      const { id } = await rows.companyOf(person.email);
      const company = await codat.findCompany(person.businessName);
      const { id: xero } = await codat.addConnection(company.id, 'gbol', 'Linked');
      await expect
        .poll(() => rows.query('select from connections where id = $1', [xero]))
        .toHaveLength(1);
      const way = crypto.randomUUID();
      await rows.query(
        `insert into link_sessions (id, state_hash, company_id, user_id, expires_at, returned_at, status_code)
         select $1, $4, $2, users.id, now(), now(), '201' from users where email = $3`,
        [way, id, people[0]?.email ?? person.email, `two-businesses-${way}`],
      );
      people.push(person);
      made.push({ name: person.businessName, id, codatId: company.id, xero, way });
    }
    const [[person], [a, b]] = [people, made];
    if (!person || !a || !b) throw new Error('nobody signed up');
    await rows.addMember(b.id, person.email);
    await use({ person, a, b });
  },
});

/** The address of each page about this business. */
const addresses: Record<string, (business: Business) => string> = {
  '/connections': ({ id }) => `/connections?business=${id}`,
  '/connections/[connectionId]': ({ xero }) => `/connections/${xero}`,
  '/connections/[connectionId]/disconnect': ({ xero }) => `/connections/${xero}/disconnect`,
  '/connect': ({ id }) => `/connect?business=${id}`,
  '/link/done/[linkSessionId]': ({ way }) => `/link/done/${way}`,
  '/account': ({ id }) => `/account?business=${id}`,
};

/** Pages in other states than the first that one sees. */
const more: Record<string, (business: Business) => string> = {
  'one connection': ({ xero }) => `/connect?connection=${xero}`,
  'another business is named too': ({ xero }) => `/connect?connection=${xero}&business=none`,
  'a return that matches nothing': ({ codatId }) =>
    `/link/return?statusCode=200&companyId=${codatId}`,
};

/** The business that the header of the page names. */
function header(page: Page, name: string): Locator {
  return page.getByRole('banner').getByText(name).filter({ visible: true });
}

async function switchTo(page: Page, { name, id }: Business): Promise<void> {
  await page.getByLabel('Your account').click();
  await page.getByRole('button', { name }).click();
  await expect(page).toHaveURL(`/connections?business=${id}`);
  await expect(header(page, name)).toBeVisible();
}

/** Links and hidden fields of the page that lead to, or act for, another business than `own`. */
function strays(page: Page, own: Business, other: Business): Promise<string[]> {
  return page.evaluate(
    ([mine, theirs]) => {
      const wrong: string[] = [];
      for (const { href } of document.querySelectorAll('a')) {
        const { pathname, searchParams } = new URL(href);
        const named = searchParams.get('business');
        const needsName = ['/connections', '/connect', '/account'].includes(pathname);
        if (needsName && !searchParams.has('connection') && named !== mine?.id) wrong.push(href);
        if (href.includes(theirs?.id ?? '') || href.includes(theirs?.xero ?? '')) wrong.push(href);
      }
      for (const { name, value } of document.querySelectorAll<HTMLInputElement>('[type=hidden]')) {
        if ([theirs?.id, theirs?.xero].includes(value)) wrong.push(`${name}=${value}`);
      }
      return wrong;
    },
    [own, other],
  );
}

test('each page is about the business of its address, whatever another tab chooses', async ({
  page: first,
  both: { a, b },
}) => {
  const customers = Object.entries(pageRules).filter(([, { may }]) =>
    ['own company', 'that company', 'person'].includes(may),
  );
  expect(Object.keys(addresses).sort()).toEqual(customers.map(([route]) => route).sort());

  const second = await first.context().newPage();
  await second.goto('/connections');
  for (const [what, addressOf] of Object.entries({ ...addresses, ...more })) {
    await switchTo(second, (await header(second, a.name).isVisible()) ? b : a);
    for (const [own, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const answer = await first.goto(addressOf(own));
      await expect(header(first, own.name), what).toBeVisible();
      await expect(header(first, other.name), what).toBeHidden();
      expect(await strays(first, own, other), what).toEqual([]);
      // Only the switch names the other one.
      await expect(first.getByText(other.name), what).toHaveCount(1);
      expect(await answer?.headerValue('set-cookie'), `${what}: GET changes nothing`).toBeNull();
    }
  }
});

test('an open tab keeps its business through news, links and forms', async ({
  page: first,
  codat,
  both: { a, b },
}) => {
  await first.goto('/connections');
  await expect(first).toHaveURL(`/connections?business=${a.id}`);
  const second = await first.context().newPage();
  await second.goto('/connections');
  await switchTo(second, b);

  await codat.addConnection(a.codatId, 'exgd', 'Linked');
  await expect(connectionEntry(first, 'Stripe')).toBeVisible();
  await expect(header(first, a.name)).toBeVisible();
  await first.getByLabel('Your account').click();
  await first.getByRole('link', { name: 'Account' }).click();
  await expect(first).toHaveURL(`/account?business=${a.id}`);
  await first.getByRole('main').getByRole('link', { name: 'Connections' }).click();
  await expect(header(first, a.name)).toBeVisible();
  await first.getByRole('link', { name: 'Xero', exact: true }).click();
  await first.getByRole('link', { name: 'Disconnect Xero' }).click();
  await first.getByRole('button', { name: 'Disconnect Xero' }).click();
  await expect(first).toHaveURL(/\?disconnected=/);
  await expect(header(first, a.name)).toBeVisible();
  await expect(first.getByText('Xero is disconnected')).toBeVisible();
  await expect(
    connectionEntry(second, 'Xero').getByText('Connected', { exact: true }).first(),
  ).toBeVisible();
});

test('a tab comes back from Hosted Link to the business that it left as', async ({
  page: first,
  both: { a, b },
}) => {
  await first.goto(`/connect?business=${a.id}`);
  await first.getByRole('checkbox', { name: /^I agree/ }).check();
  await first.getByRole('button', { name: 'Continue to Codat' }).click();
  await choosePlatform(first, 'Stripe', 'commerce');
  const second = await first.context().newPage();
  await second.goto('/connections');
  await switchTo(second, b);

  await authorize(first, 'Stripe');
  await first.getByRole('button', { name: 'Continue' }).click();
  await complete(first);
  await expect(first.getByRole('heading', { name: 'Stripe is connected' })).toBeVisible();
  await expect(header(first, a.name)).toBeVisible();
  await first.getByRole('link', { name: 'Go to your connections' }).click();
  await expect(header(first, a.name)).toBeVisible();
  await expect(connectionEntry(first, 'Stripe')).toBeVisible();
});

test('a deep link leads to its business through the sign-in', async ({
  page,
  visit,
  both: { person, a, b },
}) => {
  await page.goto(`/connections?business=${a.id}`);
  await switchTo(page, b);
  const elsewhere = await visit();
  for (const path of [`/connections/${a.xero}`, `/connections?business=${b.id}`]) {
    await elsewhere.context().clearCookies();
    await elsewhere.goto(path);
    await submitSignIn(elsewhere, person);
    await expect(elsewhere).toHaveURL(path);
    await expect(header(elsewhere, path.includes(b.id) ? b.name : a.name)).toBeVisible();
  }
});

test.describe('another business', () => {
  test.use({ expectedProblems: [/status of 404/] });
  test('that is not theirs is not found, and no business is named', async ({
    page,
    visit,
    rows,
    both: { a, b },
  }) => {
    const stranger = await signUpUnseen((await visit()).context());
    const { id } = await rows.companyOf(stranger.email);
    for (const path of ['/connections', '/connect', '/account']) {
      await page.goto(`${path}?business=${id}`);
      await expect(page.getByRole('heading', { name: 'We can’t find this page' })).toBeVisible();
      for (const name of [a.name, b.name, stranger.businessName]) {
        await expect(page.getByText(name)).toHaveCount(0);
      }
    }
  });
});

test('a form that needs consent first leads to the page of its business', async ({
  page,
  both: { a, b },
}) => {
  await page.goto(`/connections?business=${a.id}`);
  await switchTo(page, b);
  await page.goto(`/connections?business=${a.id}`);
  await connectionEntry(page, 'Xero').getByRole('button', { name: 'Manage' }).click();
  await expect(page).toHaveURL(`/connect?business=${a.id}`);
  await expect(header(page, a.name)).toBeVisible();
});
