import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { checkFindings, operatorSettings, secretFingerprints } from '@/db/schema/operations';
import { getEnv } from '@/env';
import { hasMessage } from '@/messages/server/message-text';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { fixCodatSetup } from './fix-codat-setup';
import { checkAgain, refreshChecks } from './refresh-checks';
import { getStoredChecks, storeFindings } from './stored-checks';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
});
afterAll(() => codat.stop());
beforeEach(async () => {
  await codat.control('POST', '/reset');
  await codat.control('DELETE', '/requests');
  await getDb().delete(checkFindings);
  await getDb().delete(operatorSettings);
});

const withEffect = async () => (await codat.calls()).filter((call) => !call.startsWith('GET '));
const setUp = ['PUT /profile 200', 'POST /webhooks 201'];
const notFound = { code: 'not-found' };

describe('the stored checks', () => {
  it('are seen by all staff and by nobody else, and looking asks Codat nothing', async () => {
    await refreshChecks();
    await codat.control('DELETE', '/requests');
    for (const role of ['admin', 'support', 'auditor'] as const) {
      const { findings, checkedAt, plan } = await getStoredChecks(await makeOperator(role));
      expect(findings.find(({ id }) => id === 'redirect-url')?.state).toBe('fail');
      expect(plan.map(({ kind }) => kind)).toEqual(['set-redirect-url', 'create-consumer']);
      expect(checkedAt).not.toBeNull();
      for (const { title, found, fix } of findings) {
        expect([title, found, fix ?? found].filter((ref) => !hasMessage(ref))).toEqual([]);
      }
    }
    const { actor } = await makeCustomer();
    await expect(getStoredChecks(actor)).rejects.toMatchObject(notFound);
    await expect(checkAgain(actor)).rejects.toMatchObject(notFound);
    expect(await codat.calls()).toEqual([]);
  });

  it('cost three calls to Codat, however often somebody checks again', async () => {
    const [support, auditor] = [await makeOperator('support'), await makeOperator('auditor')];
    for (const actor of [support, auditor, support]) await checkAgain(actor);
    expect((await codat.calls()).sort()).toEqual([
      'GET /companies 200',
      'GET /profile 200',
      'GET /webhooks 200',
    ]);
  });

  it('keep since when something is as it is, and forget what is no longer checked', async () => {
    const [before, now] = [new Date(Date.now() - 3_600_000), new Date()];
    const base = {
      group: 'mail' as const,
      title: { messageKey: 'settings.checks.mail.title' },
      found: { messageKey: 'settings.checks.mail.none' },
      fix: null,
      fixedIn: null,
    };
    const finding = (id: string, state: 'ok' | 'fail') => ({ ...base, id, state });
    const db = getDb();
    await storeFindings(db, [finding('a', 'ok'), finding('b', 'ok'), finding('c', 'ok')], before);
    await storeFindings(db, [finding('a', 'ok'), finding('b', 'fail')], now);
    // An older run that ends later changes nothing.
    await storeFindings(db, [finding('a', 'fail')], new Date(now.getTime() - 1000));
    const rows = await db.select().from(checkFindings).orderBy(checkFindings.position);
    expect(rows.map(({ id, state, since }) => [id, state, since])).toEqual([
      ['a', 'ok', before],
      ['b', 'fail', now],
    ]);
  });

  it('note when a secret was first seen, and nothing of the secret', async () => {
    await refreshChecks();
    await refreshChecks();
    const rows = await getDb().select().from(secretFingerprints);
    expect(rows.map(({ name }) => name).sort()).toEqual([
      'AUTH_SECRET',
      'CODAT_WEBHOOK_SECRET',
      'ENCRYPTION_KEY',
    ]);
    const { AUTH_SECRET, ENCRYPTION_KEY, CODAT_WEBHOOK_SECRET } = getEnv();
    const stored = JSON.stringify([rows, await getDb().select().from(checkFindings)]);
    for (const secret of [AUTH_SECRET, ENCRYPTION_KEY, CODAT_WEBHOOK_SECRET].flat()) {
      expect(stored).not.toContain(secret);
    }
  });
});

describe('fixCodatSetup', () => {
  it('does what was shown, once, and audits each step', async () => {
    const admin = await makeOperator('admin');
    await refreshChecks();
    const { planName } = await getStoredChecks(admin);
    expect(await fixCodatSetup(admin, planName, noContext)).toEqual({ hasNewSecret: true });
    expect(await withEffect()).toEqual(setUp);

    const after = await getStoredChecks(admin);
    expect(after.plan).toEqual([]);
    expect(after.findings.find(({ id }) => id === 'webhook-consumer')?.state).toBe('ok');
    await fixCodatSetup(admin, after.planName, noContext);
    expect(await withEffect()).toEqual(setUp);

    const entries = await getDb()
      .select({ action: auditEntries.action, subject: auditEntries.subject })
      .from(auditEntries)
      .where(eq(auditEntries.actorId, admin.userId))
      .orderBy(auditEntries.id);
    expect(entries).toEqual([
      { action: 'codat.setup', subject: 'set-redirect-url' },
      { action: 'codat.setup', subject: 'create-consumer' },
    ]);
  });

  it('is only for admins', async () => {
    await refreshChecks();
    const { actor: customer } = await makeCustomer();
    for (const actor of [await makeOperator('support'), await makeOperator('auditor'), customer]) {
      const { planName } = await getStoredChecks(await makeOperator('support'));
      await expect(fixCodatSetup(actor, planName, noContext)).rejects.toMatchObject(notFound);
    }
    expect(await withEffect()).toEqual([]);
  });

  it('refuses when Codat has changed since, and shows what is to be done now', async () => {
    const admin = await makeOperator('admin');
    await refreshChecks();
    const { planName } = await getStoredChecks(admin);
    const authorization = `Basic ${btoa('test-key')}`;
    await fetch(`${codat.url}/profile`, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Other', redirectUrl: 'https://other.example.com' }),
    });
    const changed = { code: 'conflict', ref: { messageKey: 'errors.setupChanged' } };
    await expect(fixCodatSetup(admin, planName, noContext)).rejects.toMatchObject(changed);
    expect(await withEffect()).toEqual(['PUT /profile 200']);
    const { plan, planName: newName } = await getStoredChecks(admin);
    expect(plan[0]).toMatchObject({ from: 'https://other.example.com' });
    await expect(fixCodatSetup(admin, planName, noContext)).rejects.toMatchObject(changed);
    await fixCodatSetup(admin, newName, noContext);
    expect(await withEffect()).toEqual(['PUT /profile 200', ...setUp]);
  });

  it('creates one consumer however many admins press at once', async () => {
    const admins = await Promise.all([1, 2, 3, 4].map(() => makeOperator('admin')));
    await refreshChecks();
    const { planName } = await getStoredChecks(admins[0] as (typeof admins)[0]);
    const ends = await Promise.allSettled(
      admins.map((admin) => fixCodatSetup(admin, planName, noContext)),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await withEffect()).toEqual(setUp);
  });

  it('stops where Codat fails, and goes on from there', async () => {
    const admin = await makeOperator('admin');
    await refreshChecks();
    await codat.control('POST', '/faults', { method: 'POST', path: '/webhooks', status: 503 });
    const { planName } = await getStoredChecks(admin);
    await expect(fixCodatSetup(admin, planName, noContext)).rejects.toMatchObject({
      code: 'upstream-unavailable',
      ref: { params: { problem: expect.stringContaining('503') } },
    });
    const left = await getStoredChecks(admin);
    expect(left.plan.map(({ kind }) => kind)).toEqual(['create-consumer']);
    await codat.control('DELETE', '/requests');
    await fixCodatSetup(admin, left.planName, noContext);
    expect(await withEffect()).toEqual(['POST /webhooks 201']);
  });
});
