import { createHash, randomBytes } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { pageRules } from '@/architecture/access-rules';
import { connect } from './fixtures/hosted-link';
import {
  type Answer,
  copyLinkAction,
  HttpPerson,
  plantedName,
  signInAction,
  startLinkAction,
} from './fixtures/http-person';
import { findNeedles, type Needles, secretForms } from './fixtures/needles';
import { type OwnStack, startOwnStack } from './fixtures/own-stack';
import { newPerson, signUp } from './fixtures/person';
import { OwnProcess } from './fixtures/portal-process';
import { nowSeconds, sign } from './fixtures/signed-delivery';
import { requireSetting } from './fixtures/stack';
import { TenantRows } from './fixtures/tenant-rows';

// One run of its own with one-time links on and the log at its most talkative, then a look at
// everything that the portal said and kept. What all other tests are told, whole-run.ts searches.
test.describe.configure({ mode: 'serial' });

const needles: Needles = new Map(secretForms);

let stack: OwnStack;
let rows: TenantRows;
const person = newPerson();
/** What was read, by where; a hand-off's own answer is the one place for a Link URL. */
const heard: { where: string; text: string }[] = [];
const customer = { http: new HttpPerson() };
let staff: HttpPerson;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  stack = await startOwnStack({ LOG_LEVEL: 'trace' });
  rows = new TenantRows(stack.databaseUrl);
  await stack.codat.changeSettings({ oneTimeLinks: true });
  for (const [name, value] of Object.entries(stack.secrets)) needles.set(name, value);
  const { CODAT_API_KEY = '', CODAT_WEBHOOK_SECRET = '' } = stack.secrets;
  needles.set('the API key as it is sent', Buffer.from(CODAT_API_KEY).toString('base64'));
  needles.set('the webhook key', CODAT_WEBHOOK_SECRET.replace('whsec_', ''));
  needles.set("the database's password", new URL(stack.databaseUrl).password);
  needles.set('a Link URL', `${stack.codat.url}/company`);
  needles.set('an address at Link', `${stack.codat.url}/link`);
  needles.set("somebody's password", person.password);
  page = await (await browser.newContext({ baseURL: stack.url })).newPage();
  listen(page);
});

test.afterAll(async () => {
  await page?.context().close();
  await rows?.close();
  await stack?.stop();
});

/** Keeps every answer of the portal to this browser, and takes one-time passwords for needles. */
function listen(of: Page): void {
  of.on('request', (request) => {
    const { searchParams } = new URL(request.url());
    for (const name of ['link.otp', 'otp', 'state']) {
      const value = searchParams.get(name);
      // A state comes back in the query of our own address, and is used up by that.
      if (value && name !== 'state') needles.set(`one-time password ${value}`, value);
    }
  });
  of.on('response', async (response) => {
    if (!response.url().startsWith(stack.url)) return;
    const headers = await response.allHeaders();
    if (headers['x-action-redirect']?.startsWith(stack.codat.url)) return;
    const body = await response.text().catch(() => '');
    const { location: _, 'set-cookie': __, ...told } = headers;
    heard.push({
      where: `${response.request().method()} ${response.url().replace(stack.url, '')}`,
      text: `${JSON.stringify(told)}\n${body}`,
    });
  });
}

test('the grep finds each of them, however it is written', () => {
  const samples: Needles = new Map([...needles, ['planted', 'Pl4nted/secret+with=signs&"more"']]);
  const examples: Record<string, string> = {
    'a password hash': '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
    'a one-time password': 'https://link.codat.io/company/1?link.otp=ABC123',
    "a connection's Link URL":
      '/companies/x/connections/00000000-0000-4000-8000-000000000000/start',
  };
  for (const [name, needle] of samples) {
    const text = typeof needle === 'string' ? needle : (examples[name] ?? '');
    for (const written of [
      `before ${text} after`,
      JSON.stringify({ a: [text] }),
      JSON.stringify(JSON.stringify(text)),
      encodeURIComponent(text),
      text.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
      text.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c'),
    ]) {
      expect(findNeedles(written, samples), `${name} in ${written}`).toContain(name);
    }
  }
  expect(
    findNeedles('an ordinary page about https://link.codat.io and /connections/1', needles),
  ).toEqual([]);
});

test('a run with one-time links, failures and everything that is odd', async () => {
  test.setTimeout(120_000);
  const { codat } = stack;
  await signUp(page, person);
  await connect(page, 'Xero');
  const { id } = await codat.findConnection(person.businessName, 'Xero');
  const company = await codat.findCompany(person.businessName);
  await codat.act(id, 'deauthorize');
  await page.goto('/connections');
  await page.getByRole('button', { name: 'Reconnect Xero' }).click();
  await page.getByRole('button', { name: 'Authorize' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Xero is connected' })).toBeVisible();
  const pending = await codat.addConnection(company.id, 'exgd', 'PendingAuth');
  await codat.addConnection(company.id, 'suuo', 'Deauthorized');

  customer.http = new HttpPerson(stack.url);
  for (const { name, value } of await page.context().cookies()) {
    customer.http.setCookie(name, value);
    if (name.includes('session')) needles.set('a session cookie', value);
  }
  await tryBrokenAnswers(company.id);
  await tryOddDeliveries(company.id, pending.id);
  await tryPasswords();
  staff = new HttpPerson(stack.url);
  const admin = newPerson();
  await staff.act('app/(public)/actions.ts signUp', '/sign-up', { ...admin });
  await rows.makeStaff(admin.email, 'admin');
  await copyLinks();
});

/** The one answer that may hold a Link URL without being a hand-off; nothing after it may. */
async function copyLinks(): Promise<void> {
  const { id: companyId } = await rows.companyOf(person.email);
  const path = `/admin/companies/${companyId}/link`;
  for (const answer of [
    await staff.act(copyLinkAction, path, { companyId }),
    await staff.submit(copyLinkAction, path, { companyId }),
  ]) {
    const [link] = answer.text.match(/https?:[^"\s<]*link\.otp=[^"\s<]*/) ?? [];
    const { searchParams } = new URL(
      (link ?? '').replaceAll('&amp;', '&').replaceAll('\\u0026', '&'),
    );
    const [password, state] = [searchParams.get('link.otp') ?? '', searchParams.get('state') ?? ''];
    expect([password.length, state.length]).toEqual([6, 43]);
    needles.set(`a copied one-time password ${password}`, password);
    needles.set(`the state of a copied link ${password}`, state);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  }
}

test('whoever comes back by a copied link is told nothing of the business', async () => {
  const { id: companyId } = await rows.companyOf(person.email);
  const path = `/admin/companies/${companyId}/link`;
  const { text } = await staff.act(copyLinkAction, path, { companyId });
  const state = text.match(/state=([\w-]{43})/)?.[1] ?? '';
  const visitor = new HttpPerson(stack.url);
  const back = await visitor.get(`/link/return?state=${state}&statusCode=403`);
  expect(back.target).toBe('/link/thanks?outcome=cancelled');
  const thanks = await visitor.get(back.target ?? '');
  expect(thanks.status).toBe(200);
  for (const told of [person.businessName, person.email, companyId]) {
    expect(thanks.whole).not.toContain(told);
  }
});

/** Codat's answers with Link URLs in all the wrong places, during hand-offs and reads. */
async function tryBrokenAnswers(codatCompanyId: string): Promise<void> {
  const link = `${stack.codat.url}/company/${codatCompanyId}?link.otp=BROKEN1`;
  needles.set('a password of a broken answer', 'BROKEN1');
  const { id: companyId } = await rows.companyOf(person.email);
  for (const fault of [
    { status: 500, body: JSON.stringify({ error: `cannot make ${link}`, redirect: link }) },
    { status: 404, body: JSON.stringify({ error: `no ${link}` }), method: 'PATCH' },
    { status: 200, body: `{"redirect":"${link}" ${link}` },
    { status: 200, body: `${link} is not JSON` },
    { status: 200, body: JSON.stringify({ id: link, redirect: link }) },
    {
      status: 200,
      body: JSON.stringify({ id: codatCompanyId, redirect: `https://evil.example/${link}` }),
    },
    { status: 429, body: link, retryAfter: 1 },
    { drop: true },
  ]) {
    await stack.codat.addFault({ method: 'GET', path: `/companies/${codatCompanyId}`, ...fault });
    const answer = await customer.http.act(startLinkAction, '/connect', { companyId });
    if (!answer.target?.startsWith(stack.codat.url)) keep('a failed hand-off', answer);
  }
}

async function tryOddDeliveries(codatCompanyId: string, connectionId: string): Promise<void> {
  needles.set('a password of a webhook', 'HOOKED1');
  const link = `${stack.codat.url}/company/${codatCompanyId}?a=b&link.otp=HOOKED1`;
  const start = `${stack.codat.url}/companies/${codatCompanyId}/connections/${connectionId}/start?otp=HOOKED1`;
  const connection = {
    id: connectionId,
    integrationKey: 'exgd',
    platformName: 'Plaid',
    sourceType: 'Banking',
    status: 'PendingAuth',
    linkUrl: start,
    created: '2024-01-01T00:00:00Z',
    dataConnectionErrors: [
      {
        statusCode: '401',
        errorMessage: `open ${start} again`,
        statusText: link,
        status: 'Active',
      },
    ],
  };
  const referenceCompany = { id: codatCompanyId, name: 'x', redirect: link };
  for (const [eventType, payload] of [
    ['connection.failed', { referenceCompany, connection }],
    ['connection.created', { referenceCompany, connection: { ...connection, id: null } }],
    ['company.created', { id: codatCompanyId, redirect: link, note: `see ${link}` }],
    ['made.up', { anything: [link, { deep: start }] }],
  ] as const) {
    const body = JSON.stringify({ eventType, generatedDate: new Date().toISOString(), payload });
    for (const secret of [
      stack.secrets.CODAT_WEBHOOK_SECRET ?? '',
      `whsec_${btoa('x'.repeat(32))}`,
    ]) {
      const [id, timestamp] = [`msg_${randomBytes(8).toString('hex')}`, String(nowSeconds())];
      const answer = await new HttpPerson(stack.url).send('/api/webhooks/codat', {
        method: 'POST',
        headers: {
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': sign(id, timestamp, body, secret),
        },
        body,
      });
      keep('a delivery', answer);
    }
  }
  await expect
    .poll(() => rows.query(`select from webhook_events where state = 'pending'`), {
      timeout: 20_000,
    })
    .toEqual([]);
}

async function tryPasswords(): Promise<void> {
  const wrong = `wrong ${plantedName()}`;
  needles.set('a wrong password', wrong);
  const visitor = new HttpPerson(stack.url);
  for (const fields of [
    { email: person.email, password: wrong },
    { email: 'nonsense', password: wrong },
    { email: `${'x'.repeat(300)}@example.com`, password: wrong },
  ]) {
    keep('a failed sign-in', await visitor.act(signInAction, '/sign-in', fields));
    keep('a failed sign-in', await visitor.submit(signInAction, '/sign-in', fields));
  }
  const token = randomBytes(32).toString('base64url');
  await rows.query(
    `insert into staff_invites (email, role, token_hash, expires_at)
     values ($1, 'support', $2, now() + interval '1 hour')`,
    [`${plantedName()}@example.com`, createHash('sha256').update(token).digest('base64url')],
  );
  expect((await visitor.get(`/accept-invite/${token}`)).status).toBe(200);
  needles.set('the token of an invitation', token);
}

function keep(where: string, { headers, text }: Answer): void {
  const told = [...headers].filter(([name]) => !['location', 'set-cookie'].includes(name));
  heard.push({ where, text: `${JSON.stringify(told)}\n${text}` });
}

test('every page, as a page and as data, and every JSON answer is clean', async () => {
  const { id: companyId } = await rows.companyOf(person.email);
  const connections = await rows.query<{ id: string }>(
    'select id from connections where company_id = $1',
    [companyId],
  );
  const ways = await rows.query<{ id: string }>(
    'select id from link_sessions where company_id = $1 and returned_at is not null',
    [companyId],
  );
  expect([connections.length, ways.length].every((count) => count > 1)).toBe(true);
  const events = await rows.query<{ id: string }>('select id from webhook_events order by id');
  const ids: Record<string, string[]> = {
    connectionId: connections.map(({ id }) => id),
    linkSessionId: ways.map(({ id }) => id),
    companyId: [companyId],
    eventId: events.map(({ id }) => id),
    token: ['bm90LWEtdG9rZW4'],
  };
  const fill = (route: string): string[] => {
    const name = route.match(/\[([^\]]+)\]/)?.[1];
    if (!name) return [route];
    return (ids[name] ?? []).flatMap((id) => fill(route.replace(`[${name}]`, id)));
  };
  const paths = Object.keys(pageRules).flatMap(fill);
  paths.push(...(ids.connectionId ?? []).map((id) => `/connect?connection=${id}`));
  let found = 0;
  for (const http of [customer.http, staff, new HttpPerson(stack.url)]) {
    for (const path of [...paths, '/api/auth/session', '/api/ready', '/nowhere']) {
      for (const answer of [await http.get(path), await http.getData(path, {})]) {
        keep(path, answer);
        if (answer.text.includes(person.businessName)) found += 1;
      }
    }
  }
  expect(found, 'pages that show the business').toBeGreaterThan(15);
  expect(heard.length).toBeGreaterThan(100);
  const leaks = heard.flatMap(({ where, text }) =>
    findNeedles(text, needles).map((name) => `${where}: ${name}`),
  );
  expect(leaks).toEqual([]);
});

test('a planted canary is found on a page and in its data', async () => {
  const canary = 'https://link.codat.io/company/1?link.otp=CANARY';
  const [connection] = await rows.query<{ id: string }>('select id from connections limit 1');
  await rows.nameConnection(connection?.id ?? '', canary);
  for (const answer of [
    await customer.http.get('/connections'),
    await customer.http.getData('/connections', {}),
  ]) {
    expect(findNeedles(answer.text, needles)).toContain('a one-time password');
  }
  await rows.nameConnection(connection?.id ?? '', 'Xero');
  // Counting it once more and once less is what is left of the canary.
  await rows.query('delete from tallies where platform_name = $1', [canary]);
});

test('the database keeps none of it, save what it must', async () => {
  const tables = await rows.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(12);
  const leaks: string[] = [];
  let lines = 0;
  for (const { name } of tables) {
    const kept = await rows.query<{ line: string }>(`select t::text as line from ${name} t`);
    for (const { line } of kept) {
      lines += 1;
      const found = findNeedles(line, needles).filter((needle) => {
        // Hashes are what the users' table is for; a company's first address is kept for the record.
        if (name === 'public.users') return needle !== 'a password hash';
        return !(name === 'public.companies' && needle === 'a Link URL');
      });
      leaks.push(...found.map((needle) => `${name}: ${needle}`));
    }
  }
  expect(lines).toBeGreaterThan(30);
  expect(leaks).toEqual([]);
});

test('a link that was used or is a day old is refused, and the portal gives a fresh one', async () => {
  const { id: companyId } = await rows.companyOf(person.email);
  // This person has left very often by now, and would have to wait.
  await rows.query('delete from throttle_hits');
  const leave = async () => {
    const { target } = await customer.http.act(startLinkAction, '/connect', { companyId });
    expect(target).toContain('link.otp=');
    return target ?? '';
  };
  // Opened, a link leads on into Link; refused, it says so with a 401.
  const open = async (url: string) => (await fetch(url, { redirect: 'manual' })).status !== 401;
  const used = await leave();
  expect([await open(used), await open(used)]).toEqual([true, false]);
  const unused = await leave();
  await setClock(25 * 60 * 60 * 1000);
  expect(await open(unused)).toBe(false);
  expect(await open(await leave())).toBe(true);
  await setClock(0);
});

async function setClock(clockOffsetMs: number): Promise<void> {
  await fetch(`${stack.codat.url}/_sandbox/api/settings`, {
    method: 'PUT',
    body: JSON.stringify({ clockOffsetMs }),
  });
}

test('no line of the log holds any of it', async () => {
  const company = await stack.codat.findCompany(person.businessName);
  const log = stack.portal.process.log;
  // The log is the one of this run, at its most talkative.
  expect(log).toContain('hand-off to Link');
  expect(log).toContain(`/companies/${company.id}`);
  expect(log).toContain('refused a Link URL');
  const lines = log.split('\n');
  expect(lines.length).toBeGreaterThan(25);
  const leaks = lines.flatMap((line) =>
    findNeedles(line, needles).map((name) => `${name}: ${line}`),
  );
  expect(leaks).toEqual([]);
});

test('a portal that cannot start names the setting and not its value', async () => {
  const password = new URL(stack.databaseUrl).password;
  const away = new URL(stack.databaseUrl);
  away.port = '1';
  for (const [settings, named, values] of [
    [{ AUTH_SECRET: 'short-Canary-1' }, 'AUTH_SECRET', ['short-Canary-1']],
    [{ CODAT_WEBHOOK_SECRET: 'whsec_Q2FuYXJ5LTI=' }, 'CODAT_WEBHOOK_SECRET', ['Q2FuYXJ5LTI=']],
    [{ ENCRYPTION_KEY: 'Canary-3' }, 'ENCRYPTION_KEY', ['Canary-3']],
    [{ DATABASE_URL: 'mysql://u:Canary-4@h/d' }, 'DATABASE_URL', ['Canary-4']],
    [{ CODAT_API_URL: 'Canary-5:key@x' }, 'CODAT_API_URL', ['Canary-5']],
  ] as const) {
    const started = new OwnProcess(requireSetting('PORTAL_DIR'), ['server.js'], {
      ...stack.settings,
      NODE_ENV: 'production',
      HOSTNAME: '127.0.0.1',
      PORT: '0',
      ...settings,
    });
    expect(await started.ended(), named).not.toBe(0);
    expect(started.log).toContain(named);
    for (const value of [...values, password]) expect(started.log, named).not.toContain(value);
  }
});
