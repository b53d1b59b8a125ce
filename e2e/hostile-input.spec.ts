import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { selfSendingForm, serveForeignSite } from './fixtures/foreign-site';
import {
  type Answer,
  actionId,
  disconnectAction,
  type Fields,
  HttpPerson,
  plainActionFields,
  plantedName,
  signInAction,
  signOutAction,
  signUpAction,
  signUpOverHttp,
  startLinkAction,
} from './fixtures/http-person';
import type { CodatCompany } from './fixtures/local-codat';
import { newPerson } from './fixtures/person';
import { deliver, eventBody } from './fixtures/signed-delivery';
import { signUpUnseen } from './fixtures/signed-in';
import { portalUrl, requireSetting } from './fixtures/stack';
import type { TenantRows } from './fixtures/tenant-rows';
import { test } from './fixtures/test';

test.describe('a form from another website', () => {
  const foreign: Record<string, Fields> = {
    'another origin': { origin: 'https://evil.example' },
    'no origin of its own': { origin: 'null' },
    'an origin that is none': { origin: 'nonsense' },
    'our host under another scheme': { origin: portalUrl.replace('http:', 'https:') },
    'our host in front of theirs': { origin: `${portalUrl}.evil.example` },
    'a forged X-Forwarded-Host': {
      origin: 'https://evil.example',
      'x-forwarded-host': 'evil.example',
    },
    'two forged hosts': {
      origin: 'https://evil.example',
      'x-forwarded-host': `evil.example, ${new URL(portalUrl).host}`,
      forwarded: 'host=evil.example;proto=https',
    },
    "the browser's word that it crosses sites": { 'sec-fetch-site': 'cross-site' },
  };

  for (const [name, headers] of Object.entries(foreign)) {
    test(`is refused: ${name}`, async ({ rows }) => {
      const { person } = await signUpOverHttp();
      const known = await countSessions(rows, person.email);
      for (const way of ['act', 'submit'] as const) {
        const visitor = new HttpPerson();
        await visitor[way](signInAction, '/sign-in', { ...person }, headers);
        expect(visitor.cookie('portal-session'), way).toBeUndefined();
      }
      const visitor = new HttpPerson();
      const stranger = newPerson();
      await visitor.act(signUpAction, '/sign-up', { ...stranger }, headers);
      expect(visitor.cookie('portal-session')).toBeUndefined();
      expect(await countSessions(rows, person.email)).toBe(known);
      const made = await rows.query('select from users where email = $1', [stranger.email]);
      expect(made).toEqual([]);
    });
  }

  test('is refused: a forged Host', async ({ rows }) => {
    const { person } = await signUpOverHttp();
    const known = await countSessions(rows, person.email);
    const cookies = await postWithHost('evil.example', signInAction, { ...person });
    expect(cookies.filter((cookie) => cookie.includes('portal-session'))).toEqual([]);
    expect(await countSessions(rows, person.email)).toBe(known);
  });

  test('and the same form of our own is taken', async () => {
    const { person } = await signUpOverHttp();
    for (const way of ['act', 'submit'] as const) {
      const visitor = new HttpPerson();
      await visitor[way](signInAction, '/sign-in', { ...person });
      expect(visitor.cookie('portal-session'), way).toBeDefined();
    }
  });

  test('signs nobody in to an account of the attacker', async ({ browser }) => {
    const { person } = await signUpOverHttp();
    const context = await browser.newContext();
    const page = await context.newPage();
    await visitForeignForm(page, '/sign-in', signInAction, { ...person });
    const cookies = await context.cookies(portalUrl);
    expect(cookies.filter(({ name }) => name.includes('session'))).toEqual([]);
    await context.close();
  });

  test('ends nothing that the visitor has', async ({ browser, codat }) => {
    const { http, person } = await signUpOverHttp();
    const company = await codat.findCompany(person.businessName);
    const { id } = await codat.addConnection(company.id, 'gbol', 'Linked');
    const context = await browser.newContext();
    await context.addCookies(cookiesOf(http));
    const page = await context.newPage();
    await visitForeignForm(page, '/connections', disconnectAction, { connectionId: id });
    await visitForeignForm(page, '/connections', signOutAction, {});
    expect((await codat.findConnection(person.businessName, 'Xero')).status).toBe('Linked');
    const account = await page.request.get(`${portalUrl}/account`, { maxRedirects: 0 });
    expect(account.status()).toBe(200);
    await context.close();
  });
});

async function visitForeignForm(page: Page, path: string, action: string, fields: Fields) {
  const sent = { ...plainActionFields(action), ...fields };
  const site = await serveForeignSite(selfSendingForm(portalUrl + path, sent));
  const posting = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.goto(site.url);
  expect((await posting).status()).toBeGreaterThanOrEqual(400);
  site.stop();
}

function cookiesOf(http: HttpPerson) {
  return http.cookieNames.map((name) => ({ name, value: http.cookie(name) ?? '', url: portalUrl }));
}

async function countSessions(rows: TenantRows, email: string): Promise<number> {
  const found = await rows.query(
    'select from sessions join users on users.id = sessions.user_id where email = $1',
    [email],
  );
  return found.length;
}

/** Posts an action to the portal's socket under another name; the cookies that are set. */
async function postWithHost(host: string, action: string, fields: Fields): Promise<string[]> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(`_1_${name}`, value);
  for (const [name, value] of Object.entries(fields)) form.append(`_2_${name}`, value);
  form.append('0', JSON.stringify(['$K1', '$K2']));
  const encoded = new Response(form);
  const body = Buffer.from(await encoded.arrayBuffer());
  const { port } = new URL(portalUrl);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      host: '127.0.0.1',
      port,
      path: '/sign-in',
      method: 'POST',
      headers: {
        host,
        origin: `http://${host}`,
        'next-action': actionId(action),
        'content-type': encoded.headers.get('content-type') ?? '',
        'content-length': body.byteLength,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (answer) => {
      answer.resume();
      resolve(answer.headers['set-cookie'] ?? []);
    });
    outgoing.end(body);
  });
}

test.describe('nowhere else', () => {
  const tricks = [
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '////evil.example/%2e%2e',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\u0000/evil.example',
    ' //evil.example',
    '/./\\evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/a/../..//evil.example',
    '/%2e//evil.example',
    '/%2f/evil.example',
    '/%5cevil.example',
    'https:evil.example',
    'https:/evil.example',
    `//${new URL(portalUrl).host}@evil.example`,
    `${portalUrl}@evil.example`,
    `${portalUrl}.evil.example`,
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '／／evil.example',
    '/\u2028/evil.example',
    '.evil.example',
    '@evil.example',
    '?//evil.example',
    '#//evil.example',
  ];

  test('does a callbackUrl lead, by script or by form', async () => {
    const { person } = await signUpOverHttp();
    for (const [i, callbackUrl] of tricks.entries()) {
      const way = i % 2 === 0 ? 'act' : 'submit';
      const answer = await new HttpPerson()[way](signInAction, '/sign-in', {
        ...person,
        callbackUrl,
      });
      expect(landing(answer), JSON.stringify(callbackUrl)).toBe(portalUrl);
      // Nor is there a second hop: the path itself is not one that is redirected to a host.
      const next = await new HttpPerson().get(answer.target ?? '');
      expect(next.target ? landing(next) : portalUrl, JSON.stringify(callbackUrl)).toBe(portalUrl);
    }
  });

  test('does any address, or what next-auth is asked', async () => {
    const visitor = new HttpPerson();
    const forged: Fields = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    const paths = ['//evil.example/', '/\\evil.example/', '/.//evil.example/', '/%5cevil.example/'];
    const evil = encodeURIComponent('https://evil.example/');
    for (const door of ['signin', 'signout', 'error', 'callback/x', 'signin/x', 'session']) {
      paths.push(`/api/auth/${door}?callbackUrl=${evil}`);
    }
    paths.push(`/link/return?state=x&callbackUrl=${evil}&redirect=${evil}`);
    for (const path of paths) {
      for (const headers of [{}, forged]) {
        const answer = await visitor.get(path, headers);
        expect(answer.status, path).toBeLessThan(500);
        // next-auth writes its own address out; whatever it is, it is not what was asked for.
        const target = new URL(answer.target ?? '/', portalUrl);
        expect(target.hostname, `${path} leads to ${answer.target}`).toBe('localhost');
        const next = target.searchParams.get('callbackUrl') ?? portalUrl;
        expect(new URL(next, portalUrl).hostname, path).toBe('localhost');
      }
    }
  });

  function landing({ target }: Answer): string {
    return new URL(target ?? '', portalUrl).origin;
  }
});

test.describe('fields that a form does not have', () => {
  const extra = {
    id: randomUUID(),
    userId: randomUUID(),
    role: 'admin',
    operatorRole: 'admin',
    isAdmin: 'true',
    emailVerifiedAt: '2020-01-01T00:00:00Z',
    email_verified_at: '2020-01-01T00:00:00Z',
    disabledAt: '2020-01-01T00:00:00Z',
    codatCompanyId: randomUUID(),
    origin: 'import',
    passwordHash: 'x',
    expiresAt: '2099-01-01T00:00:00Z',
    __proto__x: 'x',
    'constructor.prototype.role': 'admin',
  };

  test('change nothing at sign-up', async ({ rows, codat }) => {
    const victim = await signUpOverHttp();
    const theirs = await rows.companyOf(victim.person.email);
    const before = await rows.snapshot(theirs.id);
    const person = newPerson();
    const http = new HttpPerson();
    await http.act(signUpAction, '/sign-up', { ...extra, ...person, companyId: theirs.id });
    const made = await rows.companyOf(person.email);
    expect(made.id).not.toBe(theirs.id);
    const [user] = await rows.query(
      `select users.id, email_verified_at, disabled_at, password_hash, memberships.role,
        companies.origin, operator_roles.role as staff
       from users join memberships on memberships.user_id = users.id
       join companies on companies.id = company_id
       left join operator_roles on operator_roles.user_id = users.id where email = $1`,
      [person.email],
    );
    expect(user).toMatchObject({
      email_verified_at: null,
      disabled_at: null,
      password_hash: expect.stringContaining('$argon2id$'),
      role: 'owner',
      origin: 'sign_up',
      staff: null,
    });
    expect(user).not.toMatchObject({ id: extra.id });
    expect((await http.get('/admin/companies')).status).toBe(404);
    expect(await rows.snapshot(theirs.id)).toEqual(before);
    expect((await codat.findCompany(person.businessName)).name).toBe(made.id);
  });

  test('change nothing at sign-in, nor on the way to Link', async ({ rows }) => {
    const { person } = await signUpOverHttp();
    const { id: companyId, userId } = await rows.companyOf(person.email);
    const before = await rows.snapshot(companyId);
    const http = new HttpPerson();
    await http.act(signInAction, '/sign-in', { ...extra, ...person });
    expect(await rows.snapshot(companyId)).toMatchObject({
      ...(before as object),
      sessions: 2,
    });
    const way = { ...extra, companyId, consent: 'yes', startedAs: 'admin', returnedAt: '2020' };
    expect((await http.act(startLinkAction, '/connect', way)).status).toBeLessThan(400);
    const [started] = await rows.query(
      `select user_id, started_as, returned_at, expires_at < now() + interval '25 hours' as soon
       from link_sessions where company_id = $1`,
      [companyId],
    );
    expect(started).toEqual({
      user_id: userId,
      started_as: 'member',
      returned_at: null,
      soon: true,
    });
  });
});

/** Markup that would run, or at least ask for `/planted-…`, were it taken for markup anywhere. */
function attacks(mark: string): Record<string, string> {
  const run = `window.ran='${mark}'`;
  return {
    tag: `<script>${run}</script>${mark}`,
    attribute: `"><img src="/planted-${mark}" onerror="${run}">`,
    single: `'><svg onload="${run}">${mark}`,
    closing: `</script></title></textarea><script>${run}</script><img src=/planted-${mark}>`,
    scheme: `javascript:${run}`,
    template: `{{constructor.constructor("${run}")()}} \${${run}} {platform} <b>${mark}</b>`,
    odd: `NUL\u0000 half\ud800 turned\u202e ${mark} <img src=/planted-${mark}>`,
  };
}

/** Watches a page for anything that markup in a text would do. */
async function watch(page: Page, mark: string): Promise<() => Promise<string[]>> {
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith(`/planted-${mark}`)) seen.push(`asked for ${pathname}`);
  });
  return async () => {
    const inside = await page.evaluate((word) => {
      const found: string[] = [];
      const ran = (window as unknown as { ran?: string }).ran;
      if (ran) found.push(`ran ${ran}`);
      for (const element of document.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          if (/^on/i.test(name)) found.push(`${element.tagName} ${name}`);
          // React itself gives forms an action that only says they were sent too early.
          const byReact = value.startsWith("javascript:throw new Error('A React form");
          if (/^(href|src|action|formaction)$/i.test(name) && /^\s*javascript:/i.test(value)) {
            if (byReact) continue;
            found.push(`${element.tagName} ${name}=${value}`);
          }
        }
        if (element.tagName === 'B' && element.textContent === word) found.push('a <b> of theirs');
      }
      return found;
    }, mark);
    return [...seen, ...inside];
  };
}

test.describe('markup in a text is shown as it is', () => {
  test('that Codat says', async ({ page, person, adminPage, codat, rows }) => {
    const mark = plantedName();
    const company = await codat.findCompany(person.businessName);
    await insertLogo(rows, mark);
    const items = Object.values(attacks(mark)).map((evil, i) => {
      const status = ['Deauthorized', 'Linked', evil, 'PendingAuth'][i % 4] ?? evil;
      return hostileConnection(status, evil, mark);
    });
    await codat.addFault({
      method: 'GET',
      path: `/companies/${company.id}`,
      status: 200,
      contentType: 'application/json',
      body: JSON.stringify(hostileCompany(company, items, mark)),
      times: null,
    });
    for (const connection of items) {
      const referenceCompany = { id: company.id, name: connection.platformName };
      const body = eventBody('connection.created', { referenceCompany, connection });
      expect(await deliver({ body })).toBe(204);
    }

    const found = await watch(page, mark);
    await page.goto('/connections');
    const entries = page.getByRole('list', { name: 'Your connections' }).getByRole('listitem');
    await expect(entries.filter({ hasText: mark })).toHaveCount(items.length);
    for (const { platformName } of items) {
      const shown = platformName.replaceAll('\u0000', '').toWellFormed();
      await expect(page.getByRole('heading', { name: shown, exact: true })).toBeVisible();
    }
    expect(await found()).toEqual([]);
    await page.goto('/connect');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Continue to Codat' }).click();
    // The Link URL is a javascript: one, and is not followed.
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was shared' })).toBeVisible();
    for (const { id } of items) {
      for (const path of [`/connections/${id}`, `/connect?connection=${id}`]) {
        await page.goto(path);
        await expect(page.getByText(mark).first(), path).toBeVisible();
        expect(await found(), path).toEqual([]);
      }
    }
    await page.goto(`/connections/${items[1]?.id}/disconnect`);
    expect(await found()).toEqual([]);

    const spied = await watch(adminPage, mark);
    for (const path of [`/admin/companies/${company.name}`, `/admin/companies?q=${company.name}`]) {
      await adminPage.goto(path);
      expect(await spied(), path).toEqual([]);
    }
  });

  test('that a customer writes', async ({ page, adminPage }) => {
    const mark = plantedName();
    const { attribute = '', closing = '' } = attacks(mark);
    const email = `${mark}@example.com`;
    const { http } = await signUpOverHttp({ name: attribute, businessName: closing, email });
    await page.context().addCookies(cookiesOf(http));
    const found = await watch(page, mark);
    for (const path of ['/connections', '/connect', '/']) {
      await page.goto(path);
      expect(await found(), path).toEqual([]);
    }
    const spied = await watch(adminPage, mark);
    await adminPage.goto(`/admin/companies?q=${email}`);
    const row = adminPage.getByRole('table', { name: 'Companies' }).getByRole('row').nth(1);
    const link = row.getByRole('link');
    await expect(link.first()).toHaveText(closing);
    await link.first().click();
    await expect(adminPage.getByText(attribute).first()).toBeVisible();
    expect(await spied()).toEqual([]);
  });

  test.describe('that an address carries', () => {
    test.use({ expectedProblems: [/status of 404/] });

    test('in a query or a path', async ({ page, person: _, adminPage }) => {
      const mark = plantedName();
      const found = await watch(page, mark);
      const spied = await watch(adminPage, mark);
      const { attribute = '', closing = '', template = '' } = attacks(mark);
      for (const evil of [attribute, closing, template]) {
        const value = encodeURIComponent(evil.toWellFormed());
        for (const path of [
          `/link/return?statusCode=${value}&errorMessage=${value}&platform=${value}&state=${value}`,
          `/connections?disconnected=${value}&returned=${value}`,
          `/connections/${value}`,
          `/${value}`,
        ]) {
          await page.goto(path);
          expect(await found(), path).toEqual([]);
        }
        for (const path of [`/admin/companies?q=${value}`, `/admin/companies?status=${value}`]) {
          await adminPage.goto(path);
          expect(await spied(), path).toEqual([]);
        }
      }
    });
  });

  test.describe('in a logo', () => {
    test.use({ expectedProblems: [/Blocked script execution/] });

    test('that is opened as a page', async ({ page, rows }) => {
      const mark = plantedName();
      await insertLogo(rows, mark);
      const answer = await page.goto(`/api/platforms/${mark}/logo`);
      expect(answer?.headers()['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
      expect(await page.evaluate(() => (window as unknown as { ran?: string }).ran)).toBe(
        undefined,
      );
    });
  });
});

async function insertLogo(rows: TenantRows, mark: string): Promise<void> {
  await rows.query(
    `insert into integrations (platform_key, name, enabled, logo, logo_type)
     values ($1, $1, true, $2, 'image/svg+xml')`,
    [mark, Buffer.from(evilLogo(mark))],
  );
}

function evilLogo(mark: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" onload="window.ran='${mark}'">
    <script>window.ran='${mark}'; fetch('/planted-${mark}')</script>
    <a href="javascript:window.ran=1"><text y="20">logo</text></a></svg>`;
}

function hostileConnection(status: string, evil: string, mark: string) {
  return {
    id: randomUUID(),
    integrationId: evil,
    integrationKey: mark,
    sourceId: evil,
    sourceType: evil,
    platformName: evil,
    linkUrl: `javascript:window.ran='${mark}'`,
    status,
    created: '2024-01-01T00:00:00Z',
    lastSync: evil,
    additionalProperties: { evil },
    connectionInfo: { evil },
    dataConnectionErrors: [
      {
        statusCode: evil,
        statusText: evil,
        errorMessage: evil,
        erroredOnUtc: '2024-01-01T00:00:00',
        status: 'Active',
      },
    ],
  };
}

function hostileCompany(company: CodatCompany, dataConnections: unknown[], mark: string) {
  const { tag: evil = '' } = attacks(mark);
  return {
    id: company.id,
    name: evil,
    description: evil,
    redirect: `javascript:window.ran='${mark}'`,
    created: '2024-01-01T00:00:00Z',
    createdByUserName: evil,
    tags: { uid: company.name, [evil]: evil },
    referenceParentCompany: { id: evil, name: evil },
    dataConnections,
  };
}

test('bytes that no database takes are no server error', async ({ person, codat, page, rows }) => {
  const { http, person: other } = await signUpOverHttp();
  const staff = await signUpOverHttp();
  await rows.makeStaff(staff.person.email, 'admin');
  const odd = ['%00', '%00x', 'a'.repeat(5000), '%F0%9F%A5%90', "'%22%3B--", '..%2f', '%ff', '%'];
  for (const text of odd) {
    for (const path of [
      `/connections/${text}`,
      `/connect?connection=${text}`,
      `/connections?disconnected=${text}`,
      `/link/done/${text}`,
      `/link/return?state=${text}&connectionId=${text}&errorMessage=${text}&statusCode=${text}`,
      `/api/platforms/${text}/logo`,
      `/accept-invite/${text}`,
      `/sign-in?callbackUrl=${text}`,
    ]) {
      expect((await http.get(path)).status, path.slice(0, 80)).toBeLessThan(500);
    }
    for (const name of ['q', 'status', 'after', 'before']) {
      const path = `/admin/companies?${name}=${text}`;
      expect((await staff.http.get(path)).status, path.slice(0, 80)).toBeLessThan(500);
    }
  }
  const own = await rows.companyOf(other.email);
  const way = await http.act(startLinkAction, '/connect', { companyId: own.id, consent: 'yes' });
  const state = new URL(way.target ?? '').searchParams.get('state');
  const query = `state=${state}&statusCode=%00&connectionId=%00&errorMessage=a%00b`;
  expect((await http.get(`/link/return?${query}`)).target).toMatch(/^\/link\/done\//);

  const odder = newPerson();
  const signed = await new HttpPerson().act(signUpAction, '/sign-up', {
    ...odder,
    name: 'A\u0000B',
    businessName: `C\u0000D \ud800 ${odder.businessName}`,
  });
  expect(signed.target).toBe('/connections');

  const { id } = await codat.findCompany(person.businessName);
  const payload = `{"referenceCompany":{"id":"${id}\\u0000"},"a":"\\ud800","\\udc00":"\\u0000"}`;
  for (const body of [
    `{"eventType":"connection.created","payload":${payload}}`,
    `{"eventType":"x\\u0000.y\\ud800","id":"\\u0000","payload":{}}`,
    `{"eventType":"x.y","generatedDate":"+275760-09-13T00:00:00Z","payload":{}}`,
    `{"eventType":"x.y","generatedDate":"0000-01-01T00:00:00Z","payload":{}}`,
    `{"eventType":"x.y","payload":${'{"a":'.repeat(8000)}1${'}'.repeat(8000)}}`,
    `{"eventType":"x.y","payload":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
  ]) {
    expect(await deliver({ body }), body.slice(0, 60)).toBe(204);
  }
  await page.goto('/connections');
  await expect(page.getByRole('heading', { name: 'Add your first connection' })).toBeVisible();
});

test.describe('the way out', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`leads nobody to a foreign origin${javaScriptEnabled ? '' : ', without scripts'}`, async ({
      visit,
      codat,
    }) => {
      const page = await visit({ javaScriptEnabled });
      const person = await signUpUnseen(page.context());
      const company = await codat.findCompany(person.businessName);
      const away: string[] = [];
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== portalUrl) away.push(request.url());
      });
      for (const redirect of [
        `https://link.codat.io.evil.example/company/${company.id}?link.otp=STOLEN`,
        `https://evil.example/company/${company.id}`,
        `${requireSetting('SANDBOX_URL')}@evil.example/company/${company.id}`,
        `//evil.example/company/${company.id}`,
        `/company/${company.id}`,
        'javascript:alert(1)',
      ]) {
        await codat.addFault({
          method: 'GET',
          path: `/companies/${company.id}`,
          status: 200,
          contentType: 'application/json',
          body: JSON.stringify({
            id: company.id,
            name: company.name,
            dataConnections: [],
            redirect,
          }),
        });
        await page.goto('/connect');
        const consent = page.getByRole('checkbox');
        if (await consent.isVisible()) await consent.check();
        await page.getByRole('button', { name: 'Continue to Codat' }).click();
        const words = page.getByRole('alert').filter({ hasText: 'didn’t look safe' });
        await expect(words, redirect).toBeVisible();
      }
      expect(away).toEqual([]);
      const [entry = '{}'] = readLog().filter((line) => line.includes('refused a Link URL'));
      expect(JSON.parse(entry)).toMatchObject({ level: 50, origin: expect.any(String) });
      expect(readLog().join('\n')).not.toContain('STOLEN');
    });
  }
});

function readLog(): string[] {
  const file = join(requireSetting('DATA_DIR'), 'logs', 'portal.log');
  return readFileSync(file, 'utf8').split('\n');
}

test.describe('the way back', () => {
  test('two tabs return each to its own outcome', async ({ rows }) => {
    const { http, person } = await signUpOverHttp();
    const [first, second] = [await leave(http, rows, person), await leave(http, rows, person)];
    const late = await http.get(`/link/return?state=${second}&statusCode=403`);
    const early = await http.get(`/link/return?state=${first}&statusCode=501`);
    expect(late.target).not.toBe(early.target);
    expect((await http.get(late.target ?? '')).text).toContain('You stopped before finishing');
    expect((await http.get(early.target ?? '')).text).toMatch(/isn’t supported|can’t connect/);
  });

  test('after a day the state opens nothing, and the page says how things stand', async ({
    rows,
  }) => {
    const { http, person } = await signUpOverHttp();
    const { id } = await rows.companyOf(person.email);
    const state = await leave(http, rows, person);
    await rows.query(
      `update link_sessions set expires_at = now() - interval '1 second' where company_id = $1`,
      [id],
    );
    const back = await http.get(`/link/return?state=${state}&statusCode=200`);
    expect(back.target).toBe('/connections?returned=unknown');
    expect((await http.get(back.target ?? '')).text).toContain('Add your first connection');
    expect(
      await rows.query('select returned_at from link_sessions where company_id = $1', [id]),
    ).toEqual([{ returned_at: null }]);
  });

  test("a status that contradicts Codat's data, and somebody else's company id, decide nothing", async ({
    codat,
    rows,
  }) => {
    const stranger = await signUpOverHttp();
    const theirs = await codat.findCompany(stranger.person.businessName);
    const { http, person } = await signUpOverHttp();
    const company = await codat.findCompany(person.businessName);
    const { id } = await codat.addConnection(company.id, 'gbol', 'Linked');
    for (const statusCode of ['403', '500', '501', '999', '']) {
      const state = await leave(http, rows, person);
      const back = await http.get(
        `/link/return?state=${state}&statusCode=${statusCode}&companyId=${theirs.id}&connectionId=${id}`,
      );
      const done = (await http.get(back.target ?? '')).text;
      // Whatever the query says, what is really linked is listed, and nothing of the stranger's.
      expect(done, statusCode).toContain('Xero');
      expect(done, statusCode).not.toContain(stranger.person.businessName);
      const [row] = await rows.query('select status from connections where id = $1', [id]);
      expect(row, statusCode).toEqual({ status: 'Linked' });
    }
  });

  async function leave(
    http: HttpPerson,
    rows: TenantRows,
    { email }: { email: string },
  ): Promise<string> {
    const { id: companyId } = await rows.companyOf(email);
    const way = await http.act(startLinkAction, '/connect', { companyId, consent: 'yes' });
    return new URL(way.target ?? '').searchParams.get('state') ?? '';
  }
});
