import { expect } from '@playwright/test';
import { connect } from './fixtures/hosted-link';
import { deliver, eventBody } from './fixtures/signed-delivery';
import { portalUrl, requireSetting } from './fixtures/stack';
import { test } from './fixtures/test';

const token = requireSetting('METRICS_TOKEN');

function ask(authorization?: string): Promise<Response> {
  return fetch(`${portalUrl}/api/metrics`, { headers: authorization ? { authorization } : {} });
}

async function scrape(): Promise<string> {
  const answer = await ask(`Bearer ${token}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  return answer.text();
}

/** The sum of all samples of a name whose labels hold these. */
function sum(text: string, name: string, labels: Record<string, string | number> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
  const matching = lines.filter((line) => wanted.every((label) => line.includes(label)));
  return matching.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
}

test('the figures are for who carries the token alone', async () => {
  for (const wrong of [undefined, 'Bearer ', `Basic ${token}`, `Bearer ${token}x`, `Bearer x`]) {
    const answer = await ask(wrong);
    expect(answer.status).toBe(401);
    expect(await answer.text()).toBe('');
  }
});

test('what happens is counted, and nobody is named', async ({ page, person, codat }) => {
  const before = await scrape();
  await connect(page, 'Xero');
  expect(await deliver({ body: eventBody('made.up.by.nobody') })).toBe(204);
  expect(await deliver({ body: eventBody('connection.created'), signature: 'v1,AAAA' })).toBe(401);
  expect(await deliver({ body: '[]' })).toBe(400);
  await fetch(`${portalUrl}/made-up-${crypto.randomUUID()}`);
  const grown = async (name: string, labels: Record<string, string | number>) =>
    sum(await scrape(), name, labels) - sum(before, name, labels);

  for (const status of [204, 400, 401]) {
    expect(await grown('portal_webhook_deliveries_total', { status })).toBeGreaterThan(0);
  }
  await expect
    .poll(() => grown('portal_webhook_events_total', { event_type: 'other', state: 'ignored' }))
    .toBeGreaterThan(0);
  await expect
    .poll(() => grown('portal_webhook_events_total', { event_type: 'connection.connected' }))
    .toBeGreaterThan(0);
  expect(await grown('portal_link_handoffs_total', { result: 'sent' })).toBeGreaterThan(0);
  expect(await grown('portal_link_returns_total', { outcome: '200' })).toBeGreaterThan(0);
  const reads = { method: 'GET', route: '/companies/{id}', outcome: 'ok' };
  expect(await grown('portal_codat_request_duration_seconds_count', reads)).toBeGreaterThan(0);
  const pages = { route: '/link/done/[linkSessionId]', method: 'GET', status: 200 };
  expect(await grown('portal_http_requests_total', pages)).toBeGreaterThan(0);
  expect(
    await grown('portal_http_requests_total', { route: 'unknown', status: 404 }),
  ).toBeGreaterThan(0);

  const text = await scrape();
  expect(text).toMatch(/^portal_live_streams [1-9]/m);
  expect(text).toMatch(/^portal_database_up 1$/m);
  expect(text).toMatch(/^portal_ready 1$/m);
  const company = await codat.findCompany(person.businessName);
  for (const name of [person.email, person.businessName, company.id, company.name, token]) {
    expect(text).not.toContain(name);
  }
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|made-up|made\.up|@/);
});
