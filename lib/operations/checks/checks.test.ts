import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isNull, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, getDb } from '@/db/client';
import { codatQuota as quotaTable } from '@/db/schema/codat';
import { jobRuns, secretFingerprints } from '@/db/schema/operations';
import { sweeps } from '@/db/schema/sync';
import { webhookEvents, webhookIds } from '@/db/schema/webhooks';
import { inspectEnv, inspectOwnEnv } from '@/env';
import { CodatError } from '@/lib/codat/errors';
import type { CodatProbe, Ping } from '@/lib/codat/probe';
import { schedules as known } from '@/lib/runtime/jobs/queues';
import { portalEventTypes, webhookUrl } from '@/lib/webhooks/inbox/event-types';
import { hasMessage, messageTextIn } from '@/messages/server/message-text';
import { forgetQuota } from '@/testing/local-codat';
import { CannotCheck, type Check, type CheckContext } from './check';
import { codatKey, codatPlan, codatQuota, codatReachable } from './codat';
import { createContext } from './context';
import { connections, database, databaseExtensions } from './database';
import { fingerprintOf } from './fingerprints';
import { schedules, sweep, worker } from './jobs';
import { probeDatabase } from './probe-database';
import { checks } from './run-checks';
import { proxyHops, secretRotation, signInProvider } from './secrets';
import { databaseUrl as databaseAddress, databaseSession, liveUpdates } from './sessions';
import { webhookDeliveries, webhookDuplicates, webhookEventTypes, webhookFilter } from './webhooks';

const messageText = messageTextIn('en');
const appUrl = 'https://connect.example.com';
const base: CheckContext = createContext(inspectOwnEnv(), getDb());
const withEnv = (change: Record<string, string>) => ({
  ...base,
  environment: inspectEnv({ ...process.env, ...change }),
});

/** State and text of what a check says; the text must exist and have all that it takes. */
async function ask(check: Check, context: CheckContext): Promise<string[]> {
  const outcomes = [await check.run(context)].flat();
  return outcomes.map(({ state, found, fix }) => {
    if (state === 'warn' || state === 'fail') expect(fix).toBeDefined();
    if (fix) expect(messageText(fix.messageKey, fix.params)).not.toContain('settings.checks');
    expect(hasMessage(found)).toBe(true);
    return `${state}: ${messageText(found.messageKey, found.params)}`;
  });
}

it('has a name, a title and a place of its own for every check', () => {
  const ids = checks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const titles = ids.map((id) => ({ messageKey: `settings.checks.${id}.title` }));
  expect(titles.filter((ref) => !hasMessage(ref))).toEqual([]);
});

describe('Codat', () => {
  const quota = { dailyLimit: 1000, remaining: 900, resetAt: null };
  const fine: Ping = {
    apiUrl: 'https://api.codat.io',
    status: 200,
    said: '',
    durationMs: 10,
    aheadMs: 0,
    companies: 7,
    quota,
  };
  const look = (ping: Partial<Ping>, consumers: object[] = []): CheckContext => ({
    ...withEnv({ APP_URL: appUrl }),
    codat: {
      ping: async () => ({ ...fine, ...ping }),
      profile: () => Promise.reject(new Error('not asked')),
      consumers: async () => consumers,
    } as CodatProbe,
  });

  it.each([
    [codatKey, { status: 401 }, /^fail: .*\(401\)/],
    [codatKey, { status: 403 }, /^fail: .*\(403\).*outdated/],
    [codatKey, { status: 402 }, /^ok/],
    [codatKey, { status: 429 }, /^ok/],
    [codatReachable, { status: 503 }, /^fail: .* answered 503/],
    [codatReachable, { status: 401 }, /^ok/],
    [codatPlan, { status: 402, companies: null }, /^fail: .*402/],
    [codatPlan, { companies: 39 }, /^ok: 39 companies/],
    [codatPlan, { companies: 49 }, /^warn: 49 .* ends at 50/],
    [codatPlan, { companies: 50 }, /^warn: .*can’t have any more/],
    [codatPlan, { companies: 51 }, /^ok/],
    [codatQuota, { quota: { ...quota, remaining: 99 } }, /^warn: Only 99 of 1,000/],
    [codatQuota, { quota: { ...quota, remaining: 0 } }, /^fail: .*used up/],
    [codatQuota, { status: 429 }, /^fail/],
    [codatQuota, { quota: null }, /^unknown/],
  ] as const)('%# says what an answer means', async (check, ping, wanted) => {
    expect((await ask(check, look(ping)))[0]).toMatch(wanted);
  });

  it('says until when Codat wants us to wait, whether it was asked now or not', async () => {
    const blockedUntil = new Date('2099-11-28T18:05:00Z');
    await forgetQuota();
    await getDb().insert(quotaTable).values({ id: 1, blockedUntil });
    const error = new CodatError('held', 'x', { asked: false, retryAfterMs: 1 });
    const silent = { ...look({}), codat: { ping: () => Promise.reject(error) } as never };
    for (const context of [look({ status: 429 }), silent]) {
      expect(await ask(codatQuota, context)).toEqual([
        expect.stringMatching(/^fail: Codat told us to wait until 2099-11-28 18:05 UTC/),
      ]);
    }
    await forgetQuota();
    await expect(codatReachable.run(silent)).rejects.toBeInstanceOf(CannotCheck);
    await expect(codatKey.run(silent)).rejects.toBeInstanceOf(CannotCheck);
  });

  it('cannot tell of a key or plan what an error of Codat hides', async () => {
    const context = look({ status: 503, companies: null });
    await expect(codatKey.run(context)).rejects.toBeInstanceOf(CannotCheck);
    await expect(codatPlan.run(context)).rejects.toBeInstanceOf(CannotCheck);
  });

  const consumer = {
    id: '1',
    url: webhookUrl(appUrl),
    eventTypes: portalEventTypes,
    companyTags: [],
    disabled: false,
  };

  it.each([
    [webhookFilter, [consumer], /^ok/],
    [webhookFilter, [{ ...consumer, companyTags: ['region:uk'] }], /^fail: .*region:uk/],
    [webhookEventTypes, [{ ...consumer, eventTypes: [] }], /^warn: .*names no event types/],
    [webhookDuplicates, [consumer], /^ok/],
    [webhookDuplicates, [consumer, { ...consumer, id: '2' }], /^warn: 2 consumers/],
    [webhookDuplicates, [consumer, { ...consumer, url: 'https://x.example.com' }], /^ok/],
  ] as const)('%# judges the consumers', async (check, consumers, wanted) => {
    expect((await ask(check, look({}, [...consumers])))[0]).toMatch(wanted);
  });

  it('judges the consumer that is right, whatever others there are', async () => {
    const consumers = [{ ...consumer, id: '0', eventTypes: ['company.created'] }, consumer];
    expect((await ask(webhookEventTypes, look({}, consumers)))[0]).toMatch(/^ok/);
    await expect(webhookFilter.run(look({}, []))).rejects.toBeInstanceOf(CannotCheck);
  });
});

describe('sign-in and secrets', () => {
  beforeEach(() => getDb().delete(secretFingerprints));

  const [newer, older] = ['newer-'.repeat(8), 'older-'.repeat(8)];
  const seen = async (secret: string, days: number) => {
    const fingerprint = fingerprintOf('AUTH_SECRET', secret);
    const firstSeenAt = new Date(Date.now() - days * 86_400_000 - 60_000);
    await getDb()
      .insert(secretFingerprints)
      .values({ name: 'AUTH_SECRET', fingerprint, firstSeenAt });
  };
  const rotation = async (list: string) =>
    (await ask(secretRotation, withEnv({ AUTH_SECRET: list })))[0];

  it('says how old a secret is, and when the older ones can go', async () => {
    expect(await rotation(newer)).toMatch(/^ok: One value\. Age is/);
    await seen(newer, 3);
    expect(await rotation(newer)).toMatch(/^ok: One value, seen for 3 days/);
    await seen(older, 100);
    const several = /^ok: 2 values; the newest seen for 3 days/;
    expect(await rotation(`${newer} ${older}`)).toMatch(several);
    // The new one goes last at first: what stands in front must not be taken for the newest.
    expect(await rotation(`${older} ${newer}`)).toMatch(several);
    await getDb().delete(secretFingerprints);
    await seen(newer, 15);
    await seen(older, 100);
    expect(await rotation(`${newer} ${older}`)).toMatch(/^warn: 2 values.*Nothing made with/);
  });

  it('knows a secret by something from which it cannot be read', () => {
    expect(fingerprintOf('AUTH_SECRET', newer)).toMatch(/^[0-9a-f]{32}$/);
    expect(fingerprintOf('AUTH_SECRET', newer)).not.toBe(fingerprintOf('AUTH_SECRET', older));
    expect(fingerprintOf('AUTH_SECRET', newer)).not.toBe(fingerprintOf('ENCRYPTION_KEY', newer));
  });

  it('misses a trusted proxy where the address is https', async () => {
    const ask1 = (hops: string, url: string) =>
      ask(proxyHops, withEnv({ TRUSTED_PROXY_HOPS: hops, APP_URL: url }));
    expect((await ask1('0', appUrl))[0]).toMatch(/^warn/);
    expect((await ask1('1', appUrl))[0]).toMatch(/^ok: 1 is trusted/);
    expect((await ask1('0', 'http://localhost:3000'))[0]).toMatch(/^ok/);
  });
});

describe('the identity provider', () => {
  let answer = '';
  const server = createServer((_request, response) => response.end(answer));
  let issuer = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  const askAt = (at: string, more: Record<string, string> = {}) =>
    ask(
      signInProvider,
      withEnv({ OIDC_ISSUER: at, OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y', ...more }),
    );

  it('is right, another, or away', async () => {
    answer = JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth` });
    expect((await askAt(issuer))[0]).toMatch(/^ok/);
    answer = JSON.stringify({
      issuer: 'https://other.example.com',
      authorization_endpoint: issuer,
    });
    expect((await askAt(issuer))[0]).toMatch(/^fail: .*not as an OpenID provider/);
    const found = { issuer, authorization_endpoint: issuer, claims_supported: ['sub', 'email'] };
    answer = JSON.stringify(found);
    expect((await askAt(issuer))[0]).toMatch(/^ok/);
    expect((await askAt(issuer, { ADMIN_EMAILS: 'a@example.com' }))[0]).toMatch(/^warn: .*no one/);
    answer = '<html>';
    expect((await askAt(issuer))[0]).toMatch(/^fail/);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect((await askAt(issuer))[0]).toMatch(/^fail: .*isn’t answering: \w+\. No one/);
    expect((await ask(signInProvider, base))[0]).toMatch(/^ok: None is set up/);
  });
});

describe('the database', () => {
  const withFacts = async (change: object): Promise<CheckContext> => {
    const facts = { ...(await probeDatabase(getDb())()), ...change };
    return { ...base, database: async () => facts };
  };

  it.each([
    [database, {}, /^ok: Version \d+/],
    [database, { versionNumber: 140_012, version: '14.12' }, /^fail: Version 14.12 is too old/],
    [database, { readOnly: 'standby' }, /^fail: This is a standby/],
    [database, { readOnly: 'setting' }, /^fail: .*set to read only/],
    [database, { encoding: 'SQL_ASCII' }, /^fail: .*SQL_ASCII/],
    [connections, { connections: 79, maxConnections: 100 }, /^ok/],
    [connections, { connections: 80, maxConnections: 100 }, /^warn: 80 of 100/],
    [databaseExtensions, {}, /^ok: pg_trgm/],
    [databaseExtensions, { extensions: ['plpgsql'] }, /^fail: pg_trgm is missing/],
  ] as const)('%# is one that the portal can use', async (check, change, wanted) => {
    expect((await ask(check, await withFacts(change)))[0]).toMatch(wanted);
  });
});

describe('a database that does not answer', () => {
  const failing = (error: Error): CheckContext => ({
    ...base,
    database: () => Promise.reject(new Error('Failed query', { cause: error })),
  });
  const coded = (code: string) => Object.assign(new Error('said'), { code });

  it.each([
    [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), /authority.*sslrootcert.*NODE_EXTRA_CA_CERTS/],
    [coded('SELF_SIGNED_CERT_IN_CHAIN'), /authority/],
    [coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), /authority/],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), /another name/],
    [coded('28P01'), /password/],
    [coded('3D000'), /no database of that name/],
    [coded('08P01'), /pooler/],
    [coded('ENOENT'), /file or socket/],
    [new Error('The server does not support SSL connections'), /sslmode=disable/],
    [coded('ECONNREFUSED'), /this machine can reach it/],
  ])('is explained: %s', async (error, wanted) => {
    const outcome = [await database.run(failing(error))].flat()[0];
    expect(outcome?.state).toBe('fail');
    expect(messageText(outcome?.fix?.messageKey ?? '', outcome?.fix?.params)).toMatch(wanted);
  });
});

describe('its sessions', () => {
  it('are as the portal sets them, or the statement is named that makes them so', async () => {
    const db = connect(base.environment.values.DATABASE_URL ?? '', { max: 1 });
    const context = createContext(inspectOwnEnv(), db);
    expect(await ask(databaseSession, context)).toEqual(['ok: They’re as the portal sets them.']);
    // As from a pooler that gave this transaction another connection.
    await db.execute(sql`set transform_null_equals = on`);
    await db.execute(sql`set search_path = nowhere`);
    expect(await ask(databaseSession, context)).toEqual([
      expect.stringMatching(/^fail: .*transform_null_equals, search_path/),
    ]);
    const outcome = [await databaseSession.run(context)].flat()[0];
    expect(outcome?.fix?.params?.statements).toMatch(
      /ALTER ROLE ".+" IN DATABASE ".+" SET search_path = 'public';$/,
    );
    await db.$client.end();
  });

  it('hear what another sends', async () => {
    expect((await ask(liveUpdates, base))[0]).toMatch(/^ok/);
  });

  it.each([
    ['', /^ok/],
    ['?sslmode=disable&application_name=x', /^ok/],
    ['?target_session_attrs=read-write&channel_binding=require', /^warn: .*attrs, channel_binding/],
  ])('are opened as the address %j asks', async (query, wanted) => {
    const url = `postgresql://portal@db/portal${query}`;
    expect((await ask(databaseAddress, withEnv({ DATABASE_URL: url })))[0]).toMatch(wanted);
  });
});

describe('background work', () => {
  const db = getDb();
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  beforeEach(async () => {
    await db.delete(jobRuns);
    await db.delete(sweeps);
    await db.execute(sql`truncate webhook_events, webhook_ids`);
  });
  const ran = (name: string, minutes: number, lastError: string | null = null) =>
    db.insert(jobRuns).values({ name, startedAt: minutesAgo(minutes), lastError });

  it('is at work, has stopped, or never was', async () => {
    expect((await ask(worker, base))[0]).toMatch(/^fail: The worker has never run/);
    await ran('housekeeping', 50);
    expect((await ask(worker, base))[0]).toMatch(/^fail: The worker hasn’t run for 50 min/);
    await ran('sweep', 1);
    expect((await ask(worker, base))[0]).toMatch(/^ok/);
  });

  it('names the job that is stale, and the one that fails', async () => {
    const [sweepJob, requeue, ...others] = known.map(({ name }) => name);
    await ran(sweepJob ?? '', 6);
    await ran(requeue ?? '', 1, 'it broke');
    for (const name of others) await ran(name, 1);
    const said = await ask(schedules, base);
    expect(said[0]).toBe('fail: Hasn’t run for 6 minutes.');
    expect(said[1]).toBe('warn: Its last run failed: it broke');
    expect(said.slice(2).every((line) => line.startsWith('ok'))).toBe(true);
  });

  it('tells how old the comparison with Codat is', async () => {
    expect((await ask(sweep, base))[0]).toMatch(/^warn: None has started/);
    await db.insert(sweeps).values({ firstToken: 1 });
    expect((await ask(sweep, base))[0]).toMatch(/^ok: The first one/);
    await db.insert(sweeps).values({ firstToken: 1, finishedAt: minutesAgo(25 * 60) });
    expect((await ask(sweep, base))[0]).toMatch(/^fail: The last one finished 25 hours ago/);
    await db.insert(sweeps).values({ firstToken: 1, finishedAt: minutesAgo(5) });
    expect((await ask(sweep, base))[0]).toMatch(/^ok: Finished 5 minutes ago/);
    await db.delete(sweeps).where(isNull(sweeps.finishedAt));
    await db.insert(sweeps).values({ firstToken: 1, lastError: 'Codat: 503' });
    expect((await ask(sweep, base))[0]).toMatch(/^warn: .*Codat: 503/);
  });

  it('misses webhooks when the sweep finds what none has told', async () => {
    expect((await ask(webhookDeliveries, base))[0]).toMatch(/^warn: No verified webhook/);
    const found = { firstToken: 1, missedByWebhook: 3, finishedAt: new Date() };
    await db.insert(sweeps).values({ ...found, startedAt: minutesAgo(10) });
    expect((await ask(webhookDeliveries, base))[0]).toMatch(/^fail: .*found 3 changes/);
    await db.insert(webhookIds).values({ webhookId: 'msg_1' });
    await db.insert(webhookEvents).values({ webhookId: 'msg_1', eventType: 'x', payload: {} });
    expect((await ask(webhookDeliveries, base))[0]).toMatch(/^ok: The last verified one arrived/);
    await db.insert(sweeps).values({ ...found, startedAt: minutesAgo(-1) });
    expect((await ask(webhookDeliveries, base))[0]).toMatch(/^fail: .*Since then.*3 changes/);
  });
});
