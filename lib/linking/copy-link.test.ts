import { and, desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { connections, linkSessions } from '@/db/schema/connections';
import type { Actor } from '@/lib/actor';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCompanyAtCodat, makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { readNow } from '@/testing/read-now';
import { copyLink } from './copy-link';
import { getCopyPage } from './copy-page';
import { getCopiedOutcome, getLinkOutcome } from './get-link-outcome';
import { recordCopiedReturn, recordReturn } from './record-return';
import { startLink } from './start-link';

let codat: LocalCodat;
let support: Actor;

beforeAll(async () => {
  codat = await startLocalCodat();
  support = await makeOperator('support');
});
afterAll(() => codat?.stop());
beforeEach(async () => {
  await codat.control('DELETE', '/faults');
  await codat.control('PUT', '/settings', { oneTimeLinks: false });
});

async function addConnection(
  company: { companyId: string; codatCompanyId: string },
  platformKey: string,
  status: string,
): Promise<string> {
  const path = `/companies/${company.codatCompanyId}/connections`;
  const made = await codat.control('POST', path, { platformKey, status });
  await readNow(company.companyId);
  return (made as { id: string }).id;
}

const copy = (companyId: string, connectionId?: string, actor = support) =>
  copyLink(actor, { companyId, connectionId }, noContext);

async function copiedState(companyId: string): Promise<string> {
  const { url } = await copy(companyId);
  return new URL(url).searchParams.get('state') ?? '';
}

const back = { companyId: null, statusCode: '200', connectionId: null, errorMessage: null };

async function newestSession(companyId: string) {
  const [row] = await getDb()
    .select()
    .from(linkSessions)
    .where(eq(linkSessions.companyId, companyId))
    .orderBy(desc(linkSessions.startedAt))
    .limit(1);
  return row;
}

describe('copyLink', () => {
  it('mints one with a state, tells nobody else, and is on record without the URL', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    await codat.control('PUT', '/settings', { oneTimeLinks: true });
    await codat.control('DELETE', '/requests');
    const first = await copy(companyId);
    expect(await codat.calls()).toEqual([`GET /companies/${codatCompanyId} 200`]);
    const url = new URL(first.url);
    expect([url.origin, url.pathname]).toEqual([codat.url, `/company/${codatCompanyId}`]);
    expect(url.searchParams.get('state')).toHaveLength(43);
    expect(url.searchParams.get('link.otp')).not.toBeNull();
    expect(first.oneTime).toBe(true);
    expect((await copy(companyId)).url).not.toBe(first.url);

    const session = await newestSession(companyId);
    expect(session).toMatchObject({
      startedAs: 'staff',
      userId: support.userId,
      connectionId: null,
    });
    // Whoever it is for has not left yet: events are not held back for their return.
    expect(session?.handedOffAt).toBeNull();
    const entries = await getDb()
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.companyId, companyId), eq(auditEntries.action, 'link.copy')));
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({ actorName: support.email, subject: 'Test Company' });
    const kept = JSON.stringify([entries, session]);
    for (const secret of [url.searchParams.get('state'), 'otp=', '/company/']) {
      expect(kept).not.toContain(secret);
    }
  });

  it('says when links are not one-time', async () => {
    const { companyId } = await makeCompanyAtCodat();
    expect((await copy(companyId)).oneTime).toBe(false);
  });

  it('finishes or renews a connection, where that is of use and permitted', async () => {
    const company = await makeCompanyAtCodat();
    const { companyId } = company;
    for (const [platformKey, status] of [
      ['gbol', 'Deauthorized'],
      ['exgd', 'PendingAuth'],
      ['zsth', 'Unlinked'],
    ] as const) {
      const id = await addConnection(company, platformKey, status);
      const { url } = await copy(companyId, id);
      expect(new URL(url).pathname).toContain(`/connections/${id}/start`);
    }
    const linked = await addConnection(company, 'fztf', 'Linked');
    await expect(copy(companyId, linked)).rejects.toMatchObject({
      code: 'conflict',
      ref: { messageKey: 'errors.staff.linkNotNeeded' },
    });
    const sage = await addConnection(company, 'suuo', 'PendingAuth');
    await getDb().update(connections).set({ platformKey: 'olpr' }).where(eq(connections.id, sage));
    await codat.control('DELETE', '/requests');
    await expect(copy(companyId, sage)).rejects.toMatchObject({
      ref: { messageKey: 'errors.staff.linkNotForThis' },
    });
    expect(await codat.calls()).toEqual([]);
    const page = await getCopyPage(support, companyId);
    expect(page?.connections).toHaveLength(3);
    expect(page?.people).toEqual([company.actor.email]);
  });

  it('is for admins and support, about a connection of the company that is named', async () => {
    const [mine, theirs] = [await makeCompanyAtCodat(), await makeCompanyAtCodat()];
    const foreign = await addConnection(theirs, 'gbol', 'Deauthorized');
    await codat.control('DELETE', '/requests');
    for (const other of [mine.actor, await makeOperator('auditor')]) {
      await expect(copy(mine.companyId, undefined, other)).rejects.toMatchObject({
        code: 'not-allowed',
      });
      expect(await getCopyPage(other, mine.companyId)).toBeNull();
    }
    await expect(copy(mine.companyId, foreign)).rejects.toMatchObject({ code: 'not-found' });
    const waiting = await makeCustomer({ codatCompanyId: null });
    const deleted = await makeCustomer({ codatDeletedAt: new Date() });
    await expect(copy(waiting.companyId)).rejects.toMatchObject({ code: 'not-ready' });
    await expect(copy(deleted.companyId)).rejects.toMatchObject({ code: 'conflict' });
    expect(await codat.calls()).toEqual([]);
    expect(await newestSession(mine.companyId)).toBeUndefined();
  });

  it('gives none from an origin that is not permitted, and says what to fix', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    for (const redirect of ['https://evil.example/company/1', 'javascript:alert(1)']) {
      await codat.control('POST', '/faults', {
        method: 'GET',
        path: `/companies/${codatCompanyId}`,
        status: 200,
        contentType: 'application/json',
        body: JSON.stringify({ id: codatCompanyId, redirect, dataConnections: [] }),
      });
      await expect(copy(companyId)).rejects.toMatchObject({
        ref: { messageKey: 'errors.staff.linkRefused' },
      });
    }
  });

  it('says in words when Codat is away, and that it did not come to pass', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    const path = `/companies/${codatCompanyId}`;
    await codat.control('POST', '/faults', { method: 'GET', path, status: 503, times: 2 });
    const messageKey = 'errors.staff.codatSilent';
    await expect(copy(companyId)).rejects.toMatchObject({ ref: { messageKey } });
    const entries = await getDb()
      .select({ detail: auditEntries.detail })
      .from(auditEntries)
      .where(and(eq(auditEntries.companyId, companyId), eq(auditEntries.action, 'link.copy')));
    expect(entries).toEqual([{ detail: {} }, { detail: { failed: messageKey } }]);
  });
});

describe('coming back by a copied link', () => {
  it('needs no account, is noted once, and reads the company', async () => {
    const company = await makeCompanyAtCodat();
    const state = await copiedState(company.companyId);
    const connectionId = await addConnection(company, 'gbol', 'Linked');
    await codat.control('DELETE', '/requests');
    const first = await recordCopiedReturn({ ...back, state, connectionId });
    expect(first?.companyId).toBe(company.companyId);
    expect(await codat.calls()).toEqual([`GET /companies/${company.codatCompanyId} 200`]);
    expect(await newestSession(company.companyId)).toMatchObject({
      statusCode: '200',
      verified: true,
    });
    expect(await recordCopiedReturn({ ...back, state, statusCode: '500' })).toEqual(first);
    expect(await getCopiedOutcome(first?.linkSessionId ?? '')).toBe('connected');
    expect(await codat.calls()).toHaveLength(1);
  });

  it('shows its outcome to a member of the company and to nobody else', async () => {
    const company = await makeCompanyAtCodat();
    const state = await copiedState(company.companyId);
    const session = await recordCopiedReturn({ ...back, state, statusCode: '403' });
    const id = session?.linkSessionId ?? '';
    expect(await getCopiedOutcome(id)).toBe('cancelled');
    expect(await getLinkOutcome(company.actor, id)).toMatchObject({ kind: 'cancelled' });
    for (const other of [support, (await makeCustomer()).actor]) {
      expect(await getLinkOutcome(other, id)).toBeNull();
    }
  });

  it('is not the way back of a member, nor the other way round', async () => {
    const company = await makeCompanyAtCodat();
    const state = await copiedState(company.companyId);
    expect(await recordReturn(support, { ...back, state })).toBeNull();
    expect((await newestSession(company.companyId))?.returnedAt).toBeNull();
    const consent = 'yes' as const;
    const out = await startLink(
      company.actor,
      { companyId: company.companyId, consent },
      noContext,
    );
    const own = out === 'consent-needed' ? '' : new URL(out.url).searchParams.get('state');
    expect(await recordCopiedReturn({ ...back, state: own })).toBeNull();
    expect((await newestSession(company.companyId))?.returnedAt).toBeNull();
    expect(await recordReturn(company.actor, { ...back, state: own })).not.toBeNull();
    for (const forged of [null, '', 'forged', `${state}x`]) {
      expect(await recordCopiedReturn({ ...back, state: forged })).toBeNull();
    }
    await getDb()
      .update(linkSessions)
      .set({ expiresAt: new Date(0) })
      .where(eq(linkSessions.companyId, company.companyId));
    expect(await recordCopiedReturn({ ...back, state })).toBeNull();
  });

  it('still thanks while Codat is down', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    const state = await copiedState(companyId);
    const path = `/companies/${codatCompanyId}`;
    await codat.control('POST', '/faults', { method: 'GET', path, drop: true, times: 2 });
    expect(await recordCopiedReturn({ ...back, state })).not.toBeNull();
    expect(await newestSession(companyId)).toMatchObject({ verified: false });
    const { readDueAt } = await storedCompany(companyId);
    expect(readDueAt).not.toBeNull();
  });
});
