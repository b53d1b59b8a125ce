import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { plantedName, signUpOverHttp } from './fixtures/http-person';
import { findNeedles, type Needles, secretForms } from './fixtures/needles';
import { type KeptAnswer, readAnswers, readLogLines } from './fixtures/run-record';
import { codatUrl, requireSetting } from './fixtures/stack';
import { TenantRows } from './fixtures/tenant-rows';

// After all other tests: a search through whatever any portal process of the run has answered and
// logged, whoever asked and by whatever way.
test.describe.configure({ mode: 'serial' });

/** Planted by tests that prove that such a thing would be found. */
const planted = /otp(=|%3D)CANARY/i;

const needles: Needles = new Map<string, string | RegExp>([
  ...secretForms,
  ["a person's password", /kettle drum [0-9a-f]{8}/],
  ['a sealed session', /\beyJhbGciOi[\w-]{20,}\.\.[\w-]+/],
  ["the database's password", new URL(requireSetting('DATABASE_URL')).password],
  ['the API key as it is sent', btoa(requireSetting('CODAT_API_KEY'))],
  ['the webhook key', requireSetting('CODAT_WEBHOOK_SECRET').replace('whsec_', '')],
]);
for (const name of ['AUTH_SECRET', 'ENCRYPTION_KEY', 'CODAT_API_KEY', 'METRICS_TOKEN']) {
  needles.set(name, requireSetting(name));
}

/** What is stored hashed, and every one-time password that somebody was handed over with. */
const kept = new Set<string>();
/** One-time passwords of links that staff asked for: nowhere but in that answer. */
const passedOn = new Set<string>();
const rows = new TenantRows();
const canary = `https://link.codat.io/company/1?link.otp=CANARY-${plantedName()}`;

test.afterAll(() => rows.close());

test.beforeAll(async () => {
  const columns = await rows.query<{ sql: string }>(
    `select format('select %I as value from %I.%I where %1$I is not null',
       column_name, table_schema, table_name) as sql
     from information_schema.columns
     where table_schema = 'public' and column_name ~ '_hash$' and data_type = 'text'`,
  );
  expect(columns.length).toBeGreaterThan(2);
  for (const { sql } of columns) {
    for (const { value } of await rows.query<{ value: string }>(sql)) kept.add(value);
  }
  for (const answer of readAnswers()) {
    const target = handOffOf(answer);
    const password = target?.searchParams.get('link.otp') ?? target?.searchParams.get('otp');
    if (password) kept.add(password);
    const copied = isCopiedLink(answer) && answer.body.match(/otp=(\w+)/)?.[1];
    if (copied) passedOn.add(copied);
  }
});

/** The answer to staff who asked for a link to pass on: the one body that a Link URL may be in. */
function isCopiedLink({ method, url }: KeptAnswer): boolean {
  return method === 'POST' && /^\/admin\/companies\/[0-9a-f-]{36}\/link(\?|$)/.test(url);
}

const ofLinks = ['a Link URL', "a connection's Link URL", 'a one-time password'];

/** Where an answer hands somebody over to Link: the one header that a Link URL may be in. */
function handOffOf({ method, headers, linkOrigins }: KeptAnswer): URL | null {
  const target = headers.location ?? headers['x-action-redirect'];
  if (method !== 'POST' || typeof target !== 'string') return null;
  const url = URL.canParse(target) ? new URL(target.replace(/;\w+$/, '')) : null;
  return url && linkOrigins.includes(url.origin) ? url : null;
}

function search(text: string, linkOrigins = [codatUrl]): string[] {
  const links: Needles = new Map(linkOrigins.map((origin) => ['a Link URL', `${origin}/company`]));
  const found = findNeedles(text, new Map([...needles, ...links]));
  if (hasWord(text, kept)) found.push('a hash, or the password of a hand-off');
  return found;
}

function hasWord(text: string, wanted: Set<string>): boolean {
  return (text.match(/[\w$+/=.,-]{6,}/g) ?? []).some((word) => wanted.has(word));
}

function told(answer: KeptAnswer): string {
  const { 'set-cookie': _, location, 'x-action-redirect': redirect, ...rest } = answer.headers;
  const targets = handOffOf(answer) ? [] : [location, redirect];
  return [JSON.stringify(rest), ...targets, answer.body].join('\n');
}

test('a canary is planted on a page, in its data and in a log', async () => {
  const { http, person } = await signUpOverHttp();
  const { id } = await rows.companyOf(person.email);
  await rows.query('update companies set name = $2 where id = $1', [id, canary]);
  for (const answer of [await http.get('/connections'), await http.getData('/connections', {})]) {
    expect(answer.status).toBe(200);
  }
  await rows.query('update companies set name = $2 where id = $1', [id, person.businessName]);
  appendFileSync(
    join(requireSetting('RUN_RECORD'), 'canary.log'),
    `${JSON.stringify({ canary })}\n`,
  );
});

test('no answer of the whole run holds a Link URL, a one-time password, a secret or a hash', () => {
  test.setTimeout(180_000);
  const answers = readAnswers();
  const leaks: string[] = [];
  const canaries = new Set<unknown>();
  for (const answer of answers) {
    const text = told(answer);
    const allowed = isCopiedLink(answer) ? ofLinks : [];
    const found = search(text, answer.linkOrigins).filter((name) => !allowed.includes(name));
    if (!isCopiedLink(answer) && hasWord(text, passedOn)) found.push('a link that was passed on');
    if (found.length === 0) continue;
    if (planted.test(text)) canaries.add(String(answer.headers['content-type']).split(';')[0]);
    else leaks.push(`${answer.method} ${answer.url} ${answer.status}: ${found}`);
  }
  expect(leaks).toEqual([]);
  expect([...canaries].sort()).toEqual(['text/html', 'text/x-component']);
});

test('no line of any log does', () => {
  const lines = readLogLines();
  expect(lines.filter(({ line }) => line.includes('worker started')).length).toBeGreaterThan(0);
  const leaks = lines
    .map(({ file, line }) => ({ file, line, found: search(line) }))
    .filter(({ found }) => found.length > 0);
  expect(leaks.filter(({ line }) => !planted.test(line))).toEqual([]);
  expect(leaks.filter(({ line }) => line.includes(canary))).toHaveLength(1);
});

test('no two transactions have waited for each other', () => {
  // PostgreSQL ends one of them then, which may be what a person wanted.
  expect(readLogLines().filter(({ line }) => line.includes('"40P01"'))).toEqual([]);
});
