import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { getDb } from '@/db/client';
import { jobRuns } from '@/db/schema/operations';
import { sweeps } from '@/db/schema/sync';
import { redirectUrl } from '@/lib/linking/redirect-url';
import { schedules } from '@/lib/runtime/jobs/queues';
import { portalEventTypes, webhookUrl } from '@/lib/webhooks/inbox/event-types';
import { buildCommands, type Ended } from '@/testing/built-commands';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';

// Each starts the command several times.
vi.setConfig({ testTimeout: 60_000 });

const appUrl = 'https://connect.example.com';
let codat: LocalCodat;
let commands: Awaited<ReturnType<typeof buildCommands>>;
let good: Record<string, string>;

beforeAll(async () => {
  codat = await startLocalCodat();
  commands = await buildCommands();
  good = {
    APP_URL: appUrl,
    BRAND_NAME: 'Example Bank',
    PRIVACY_URL: 'https://example.com/privacy',
    TERMS_URL: 'https://example.com/terms',
    SUPPORT_EMAIL: 'help@example.com',
    AUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    CODAT_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
    CODAT_API_KEY: 'test-key',
    CODAT_API_URL: codat.url,
    CODAT_LINK_ORIGINS: codat.url,
    DATABASE_URL: process.env.DATABASE_URL ?? '',
    TRUSTED_PROXY_HOPS: '1',
  };
  const past = new Date(Date.now() - 30_000);
  await getDb()
    .insert(jobRuns)
    .values(schedules.map(({ name }) => ({ name, startedAt: past, succeededAt: past })))
    .onConflictDoNothing();
  await getDb().insert(sweeps).values({ firstToken: 1, finishedAt: past });
}, 60_000);
afterAll(async () => {
  await codat.stop();
  await commands.remove();
});

async function api(method: string, path: string, body?: unknown): Promise<Answered> {
  const response = await fetch(codat.url + path, {
    method,
    headers: { authorization: `Basic ${btoa('test-key')}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return (text ? JSON.parse(text) : {}) as Answered;
}
type Answered = { results?: { id: string; url: string }[]; name?: string; redirectUrl?: string };

async function removeConsumers(): Promise<void> {
  const { results = [] } = await api('GET', '/webhooks');
  for (const { id } of results) await api('DELETE', `/webhooks/${id}`);
}

async function createConsumer(change: object = {}): Promise<void> {
  const body = { url: webhookUrl(appUrl), eventTypes: portalEventTypes, ...change };
  await api('POST', '/webhooks', body);
}

async function setRedirectUrl(url: string): Promise<void> {
  await api('PUT', '/profile', { ...(await api('GET', '/profile')), redirectUrl: url });
}

beforeEach(async () => {
  await codat.control('POST', '/reset');
  await removeConsumers();
  await createConsumer();
  await setRedirectUrl(redirectUrl(appUrl));
});

type Result = { id: string; state: string; found: string; fix: string | null; fixedIn: string };

function run(command: string, args: string[], change: Record<string, string>): Promise<Ended> {
  return commands.run(command, args, { ...good, ...change });
}

async function examine(change: Record<string, string> = {}) {
  const { code, output } = await run('doctor', ['--json'], change);
  const { ok, results } = JSON.parse(output) as { ok: boolean; results: Result[] };
  expect(ok).toBe(code === 0);
  return { code, results, failed: results.filter(({ state }) => state === 'fail') };
}

describe('npm run doctor', () => {
  it('finds nothing to fix in a portal that is set up', async () => {
    const { code, failed, results } = await examine();
    expect([code, failed]).toEqual([0, []]);
    const rest = results.filter(({ state }) => state !== 'ok').map(({ id }) => id);
    // No worker has read the sync settings, and Codat has sent nothing.
    expect(rest).toEqual(['data-age', 'webhook-deliveries', 'mail']);
  });

  it('wrong key', async () => {
    const { code, failed } = await examine({ CODAT_API_KEY: 'another-key' });
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ id: 'codat-key', fixedIn: 'environment' }]);
    expect(failed[0]?.found).toMatch(/doesn’t recognise this API key \(401\)/);
    expect(failed[0]?.fix).toMatch(/CODAT_API_KEY/);
  });

  it('missing consumer', async () => {
    await removeConsumers();
    await createConsumer({ url: 'https://other.example.com/hooks' });
    const { code, failed } = await examine();
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ id: 'webhook-consumer', fixedIn: 'api' }]);
    expect(failed[0]?.found).toContain(webhookUrl(appUrl));
    expect(failed[0]?.fix).toMatch(/npm run codat:setup.*CODAT_WEBHOOK_SECRET/);
  });

  it('a portal that is not among the hosts that Link may send people back to', async () => {
    const profile = await api('GET', '/profile');
    const allow = (whiteListUrls: string[]) =>
      api('PUT', '/profile', { ...profile, whiteListUrls });
    await allow(['https://other.example.com', 'https://connect.example.com.evil.example']);
    const aboutReturn = async () =>
      (await examine()).results.find(({ id }) => id === 'redirect-url');
    expect(await aboutReturn()).toMatchObject({
      state: 'warn',
      found: expect.stringContaining('https://other.example.com'),
      fix: expect.stringContaining(appUrl),
      fixedIn: 'codat-portal',
    });
    await allow(['https://other.example.com', `${appUrl}/`]);
    expect(await aboutReturn()).toMatchObject({ state: 'ok' });
  });

  it('wrong redirect URL', async () => {
    await setRedirectUrl(`${appUrl}/link/return?companyId={companyId}&statusCode={statusCode}`);
    const { code, failed } = await examine();
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ id: 'redirect-url', fixedIn: 'api' }]);
    expect(failed[0]?.found).toContain('{connectionId}, {platform}, {errorMessage}, {state}');
    expect(failed[0]?.fix).toContain(redirectUrl(appUrl));
    await setRedirectUrl('https://other.example.com/done');
    expect((await examine()).failed[0]?.found).toContain('https://other.example.com/done');
  });

  it('missing event type', async () => {
    await removeConsumers();
    const eventTypes = portalEventTypes.filter((type) => type !== 'connection.disconnected');
    await createConsumer({ eventTypes });
    const { code, failed } = await examine();
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ id: 'webhook-event-types', fixedIn: 'api' }]);
    expect(failed[0]?.found).toContain('connection.disconnected');
    expect(failed[0]?.fix).toMatch(/codat:setup/);
  });

  it('unreachable database', async () => {
    const { code, failed, results } = await examine({ DATABASE_URL: 'postgres://x@localhost:1/x' });
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ id: 'database', fixedIn: 'environment' }]);
    expect(failed[0]?.found).toContain('ECONNREFUSED');
    expect(failed[0]?.fix).toContain('DATABASE_URL');
    // What rests on it is not known, and what does not is.
    const stateOf = (id: string) => results.find((result) => result.id === id)?.state;
    expect(['migrations', 'worker', 'codat-key'].map(stateOf)).toEqual([
      'unknown',
      'unknown',
      'ok',
    ]);
  });

  it('old migration', async () => {
    const newest = sql`select max(created_at) from drizzle.__drizzle_migrations`;
    // As if it were an older one.
    const move = (by: number) =>
      getDb().execute(sql`update drizzle.__drizzle_migrations set created_at = created_at + ${by}
        where created_at = (${newest})`);
    await move(-1);
    const { code, failed } = await examine();
    await move(1);
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ id: 'migrations', fixedIn: 'environment' }]);
    expect(failed[0]?.found).toMatch(/^1 migration is missing/);
    expect(failed[0]?.fix).toContain('npm run db:migrate');
  });

  it.each([
    ['weak-secrets:AUTH_SECRET', { AUTH_SECRET: 'changeme'.repeat(5) }, 'repeats itself'],
    ['weak-secrets:ENCRYPTION_KEY', { ENCRYPTION_KEY: btoa('\0'.repeat(32)) }, 'repeats itself'],
    ['environment:AUTH_SECRET', { AUTH_SECRET: 'short' }, 'at least 32 bytes'],
  ])('weak secret: %s', async (id, change, found) => {
    const { code, failed } = await examine(change);
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ id, fixedIn: 'environment' }]);
    expect(failed[0]?.found).toContain(found);
    expect(failed[0]?.fix).toMatch(/openssl rand|Set AUTH_SECRET/);
    expect(JSON.stringify(failed)).not.toContain(Object.values(change)[0]);
  });

  it.each([600_000, -600_000])('clock off by 10 minutes: %d ms', async (clockOffsetMs) => {
    await codat.control('PUT', '/settings', { clockOffsetMs });
    const { code, failed } = await examine();
    expect(code).toBe(1);
    expect(failed).toMatchObject([{ id: 'clock-codat', fixedIn: 'environment' }]);
    expect(failed[0]?.found).toMatch(
      clockOffsetMs > 0 ? /(599|600) seconds behind Codat/ : /(599|600) seconds ahead of Codat/,
    );
    expect(failed[0]?.fix).toContain('NTP');
  });

  it('no mail', async () => {
    const { results } = await examine({ SMTP_URL: '' });
    const mail = results.find(({ id }) => id === 'mail');
    expect(mail).toMatchObject({ state: 'warn', fixedIn: 'environment' });
    expect(mail?.found).toMatch(/No email/);
    expect(mail?.fix).toMatch(/admin:invite/);
  });

  it('privacy, terms and support unset', async () => {
    const unset = { PRIVACY_URL: '', TERMS_URL: '', SUPPORT_EMAIL: '' };
    const { code, results } = await examine(unset);
    const found = results.filter(({ id }) => id.startsWith('your-pages'));
    expect([code, found.map(({ id, state }) => `${id} ${state}`)]).toEqual([
      0,
      ['your-pages:PRIVACY_URL warn', 'your-pages:TERMS_URL warn', 'your-pages:SUPPORT_EMAIL warn'],
    ]);
  });

  it('a name that consents would carry', async () => {
    const { code, failed } = await examine({ BRAND_NAME: '' });
    expect([code, failed.map(({ id }) => id)]).toEqual([1, ['environment:BRAND_NAME']]);
  });

  it('http in production', async () => {
    const { code, failed } = await examine({ APP_URL: 'http://connect.example.com' });
    expect(code).toBe(1);
    expect(failed).toContainEqual(
      expect.objectContaining({
        id: 'environment:APP_URL',
        found: 'Must be https in production.',
        fix: expect.stringContaining('Set APP_URL to the https address'),
      }),
    );
  });

  it('names every wrong setting of an empty environment, and goes on', async () => {
    const empty = Object.fromEntries(Object.keys(good).map((name) => [name, '']));
    const { code, results } = await examine(empty);
    expect(code).toBe(1);
    const wrong = results.filter(
      ({ id, state }) => id.startsWith('environment:') && state === 'fail',
    );
    expect(wrong.map(({ id }) => id.slice('environment:'.length)).sort()).toEqual([
      'APP_URL',
      'AUTH_SECRET',
      'BRAND_NAME',
      'CODAT_API_KEY',
      'CODAT_API_URL',
      'CODAT_LINK_ORIGINS',
      'CODAT_WEBHOOK_SECRET',
      'DATABASE_URL',
      'ENCRYPTION_KEY',
    ]);
    expect(results.find(({ id }) => id === 'versions')?.state).toBe('ok');
  });

  it('lets nothing that hangs at Codat keep the rest', async () => {
    await codat.control('POST', '/faults', { path: '/*', latencyMs: 30_000, times: null });
    const startedAt = Date.now();
    const { failed, results } = await examine();
    await codat.control('DELETE', '/faults');
    expect(Date.now() - startedAt).toBeLessThan(20_000);
    expect(failed).toMatchObject([{ id: 'codat-reachable' }]);
    expect(failed[0]?.found).toContain('no answer in time');
    expect(results.find(({ id }) => id === 'migrations')?.state).toBe('ok');
  });

  it('prints the same for people, with how to fix it below', async () => {
    await removeConsumers();
    const { code, output } = await run('doctor', [], {});
    expect(code).toBe(1);
    expect(output).toMatch(/✗ Webhook consumer +No consumer at Codat/);
    expect(output).toMatch(/→ Run npm run codat:setup/);
    expect(output).toMatch(/1 thing to fix, 2 to check/);
  });

  it('shows no secret, whatever is wrong', async () => {
    await removeConsumers();
    for (const args of [['--json'], []]) {
      const { output } = await run('doctor', args, { CODAT_API_KEY: 'canary-of-the-api-key' });
      for (const name of ['AUTH_SECRET', 'ENCRYPTION_KEY', 'CODAT_WEBHOOK_SECRET']) {
        expect(output).not.toContain(good[name]);
      }
      expect(output).not.toContain('canary');
    }
  });
});

describe('npm run codat:setup', () => {
  const callsWithEffect = async () =>
    (await codat.calls()).filter((call) => !call.startsWith('GET '));

  beforeEach(async () => {
    await removeConsumers();
    await setRedirectUrl('');
    await createConsumer({
      url: 'https://other.example.com/hooks',
      eventTypes: ['company.created'],
    });
    await codat.control('DELETE', '/requests');
  });

  it('makes a fresh Codat right, keeps its hands off others, and changes nothing again', async () => {
    const first = await run('codat-setup', ['--yes'], {});
    expect(first.code).toBe(0);
    expect(first.output).toMatch(/✓ Set the Redirect URL[\s\S]*✓ Create a webhook consumer/);
    expect(first.output).toMatch(/only Codat’s portal shows/);
    expect(await callsWithEffect()).toEqual(['PUT /profile 200', 'POST /webhooks 201']);
    expect((await examine()).failed).toEqual([]);
    const { results = [] } = await api('GET', '/webhooks');
    expect(results.map(({ url }) => url)).toEqual([
      'https://other.example.com/hooks',
      webhookUrl(appUrl),
    ]);

    await codat.control('DELETE', '/requests');
    const second = await run('codat-setup', ['--yes'], {});
    expect([second.code, second.output]).toEqual([0, expect.stringMatching(/Nothing to change/)]);
    expect(await callsWithEffect()).toEqual([]);
  });

  it('shows what it would do, and does nothing unless told to', async () => {
    const { code, output } = await run('codat-setup', [], {});
    expect(code).toBe(1);
    expect(output).toContain(redirectUrl(appUrl));
    expect(output).toContain('--yes');
    expect(await callsWithEffect()).toEqual([]);
  });

  it('replaces a wrong consumer only once the right one is there', async () => {
    await setRedirectUrl(redirectUrl(appUrl));
    await createConsumer({ eventTypes: ['connection.connected'] });
    await createConsumer({ disabled: true });
    await codat.control('DELETE', '/requests');
    const { code, output } = await run('codat-setup', ['--yes'], {});
    expect(code).toBe(0);
    expect(output).toMatch(/Delete the webhook consumer \S+, which lacks connection.created, /);
    expect(output).toMatch(/Delete the webhook consumer \S+, which is disabled/);
    const effects = (await callsWithEffect()).map((call) => call.replace(/\/[\w-]{36}/, '/ID'));
    expect(effects).toEqual([
      'POST /webhooks 201',
      'DELETE /webhooks/ID 204',
      'DELETE /webhooks/ID 204',
    ]);
    expect((await examine()).failed).toEqual([]);
  });

  it('keeps the rest of the profile', async () => {
    const whole = {
      name: 'Bob’s Burgers',
      redirectUrl: 'https://old.example.com',
      logoUrl: 'https://example.com/logo.png',
      iconUrl: 'https://example.com/icon.ico',
      whiteListUrls: ['https://example.com'],
      confirmCompanyName: true,
    };
    await api('PUT', '/profile', whole);
    await run('codat-setup', ['--yes'], {});
    expect(await api('GET', '/profile')).toEqual({ ...whole, redirectUrl: redirectUrl(appUrl) });
  });

  it('goes on where it stopped, and takes a lost answer for what it did', async () => {
    const lost = { method: 'POST', path: '/webhooks', drop: true, afterEffect: true };
    await codat.control('POST', '/faults', lost);
    expect((await run('codat-setup', ['--yes'], {})).code).toBe(0);
    const { results = [] } = await api('GET', '/webhooks');
    expect(results).toHaveLength(2);

    await removeConsumers();
    await setRedirectUrl('');
    await codat.control('POST', '/faults', { method: 'POST', path: '/webhooks', status: 500 });
    const failed = await run('codat-setup', ['--yes'], {});
    expect([failed.code, failed.output]).toEqual([1, expect.stringMatching(/Codat didn’t do it/)]);
    await codat.control('DELETE', '/requests');
    expect((await run('codat-setup', ['--yes'], {})).code).toBe(0);
    expect(await callsWithEffect()).toEqual(['POST /webhooks 201']);
  });
});
