import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies, consents } from '@/db/schema/companies';
import { linkSessions } from '@/db/schema/connections';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { disconnect } from '@/lib/connections/disconnect';
import { getConnection } from '@/lib/connections/get-connections';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, noContext } from '@/testing/make-customer';
import { getConnectPage } from './consent';
import { getLinkOutcome } from './get-link-outcome';
import { recordReturn } from './record-return';
import { startLink } from './start-link';

let codat: LocalCodat;

beforeAll(async () => {
  codat = await startLocalCodat();
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

async function makeReady() {
  const customer = await makeCustomer({ codatCompanyId: null });
  await provisionCompany(customer.companyId);
  const [row] = await getDb().select().from(companies).where(eq(companies.id, customer.companyId));
  return { ...customer, codatCompanyId: row?.codatCompanyId ?? '' };
}

async function connectXero(codatCompanyId: string, status = 'Linked'): Promise<string> {
  const made = (await codat.control('POST', `/companies/${codatCompanyId}/connections`, {
    platformKey: 'gbol',
    status,
  })) as { id: string };
  return made.id;
}

async function handOff(customer: Awaited<ReturnType<typeof makeReady>>, connectionId?: string) {
  const input = { companyId: customer.companyId, connectionId, consent: 'yes' as const };
  const result = await startLink(customer.actor, input, noContext);
  if (result === 'consent-needed') throw new Error('consent needed');
  const url = new URL(result.url);
  return { url, state: url.searchParams.get('state') };
}

const query = { statusCode: '200', connectionId: null, errorMessage: null };

describe('startLink', () => {
  it('asks for consent first, keeps the receipt, and sends to the fresh Link URL with one call', async () => {
    const customer = await makeReady();
    const input = { companyId: customer.companyId };
    expect(await startLink(customer.actor, input, noContext)).toBe('consent-needed');
    await codat.control('DELETE', '/requests');
    const { url, state } = await handOff(customer);
    expect(await codat.calls()).toEqual([`GET /companies/${customer.codatCompanyId} 200`]);
    expect(url.origin).toBe(codat.url);
    expect(state).toHaveLength(43);
    const receipts = await getDb()
      .select()
      .from(consents)
      .where(eq(consents.companyId, customer.companyId));
    expect(receipts).toMatchObject([{ userId: customer.actor.userId }]);
    expect((await getConnectPage(customer.actor, customer.companyId)).consent).not.toBeNull();
    // Agreed once, a later hand-off is one click.
    expect(await startLink(customer.actor, input, noContext)).toHaveProperty('url');
  });

  it('keeps a receipt of the words as they were read, in whichever language', async () => {
    const hashes: Record<string, string | undefined> = {};
    for (const consentLocale of [undefined, 'en', 'fr-x-pseudo', 'klingon']) {
      const { actor, companyId } = await makeReady();
      await startLink(actor, { companyId, consent: 'yes', consentLocale }, noContext);
      const [receipt] = await getDb()
        .select()
        .from(consents)
        .where(eq(consents.companyId, companyId));
      hashes[String(consentLocale)] = receipt?.textSha256;
      // The text is the same in each of them.
      expect((await getConnectPage(actor, companyId)).consent).not.toBeNull();
    }
    expect(hashes.en).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes['fr-x-pseudo']).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes['fr-x-pseudo']).not.toBe(hashes.en);
    expect([hashes.undefined, hashes.klingon]).toEqual([hashes.en, hashes.en]);
  });

  it('keeps the one-time password of the URL when it adds its state', async () => {
    const customer = await makeReady();
    await codat.control('PUT', '/settings', { oneTimeLinks: true });
    const { url } = await handOff(customer);
    await codat.control('PUT', '/settings', { oneTimeLinks: false });
    expect(url.searchParams.get('link.otp')).toMatch(/^[A-Z0-9]{6}$/);
    expect(url.searchParams.get('state')).not.toBeNull();
  });

  it('goes straight to a connection of the company, and to no other', async () => {
    const [mine, theirs] = [await makeReady(), await makeReady()];
    const id = await connectXero(mine.codatCompanyId, 'PendingAuth');
    expect((await handOff(mine, id)).url.pathname).toContain(`/connections/${id}/start`);
    await expect(handOff(theirs, id)).rejects.toMatchObject({ code: 'not-found' });
    const foreign = { companyId: mine.companyId, consent: 'yes' as const };
    await expect(startLink(theirs.actor, foreign, noContext)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('sends nobody to an origin that is not permitted', async () => {
    const customer = await makeReady();
    const evil = { id: customer.codatCompanyId, name: 'x', dataConnections: [] };
    for (const redirect of [
      'https://evil.example/company/1',
      'javascript:alert(1)',
      `${codat.url}@evil.example/`,
    ]) {
      const body = JSON.stringify({ ...evil, redirect });
      const path = `/companies/${customer.codatCompanyId}`;
      await codat.control('POST', '/faults', {
        method: 'GET',
        path,
        body,
        status: 200,
        contentType: 'application/json',
      });
      await expect(handOff(customer)).rejects.toMatchObject({ code: 'upstream-refused' });
    }
  });

  it('says in words when Codat is down, and changes nothing', async () => {
    const customer = await makeReady();
    const path = `/companies/${customer.codatCompanyId}`;
    await codat.control('POST', '/faults', { method: 'GET', path, status: 503, times: 2 });
    await expect(handOff(customer)).rejects.toMatchObject({
      code: 'upstream-unavailable',
      ref: { messageKey: 'errors.codatUnavailable' },
    });
  });
});

describe('recordReturn', () => {
  it('uses a state once, reads the company once, and shows the same outcome again', async () => {
    const customer = await makeReady();
    const { state } = await handOff(customer);
    const connectionId = await connectXero(customer.codatCompanyId);
    await codat.control('DELETE', '/requests');
    const first = await recordReturn(customer.actor, { ...query, state, connectionId });
    expect(await codat.calls()).toEqual([`GET /companies/${customer.codatCompanyId} 200`]);
    const again = await recordReturn(customer.actor, { ...query, state, statusCode: '500' });
    expect(again).toBe(first);
    expect(await getLinkOutcome(customer.actor, first ?? '')).toMatchObject({
      kind: 'connected',
      verified: true,
      connection: { id: connectionId, status: 'Linked' },
      linked: [{ id: connectionId }],
    });
  });

  it('gives nothing for a missing, forged, foreign or expired state', async () => {
    const [owner, other] = [await makeReady(), await makeReady()];
    const { state } = await handOff(owner);
    expect(await recordReturn(owner.actor, { ...query, state: null })).toBeNull();
    expect(await recordReturn(owner.actor, { ...query, state: 'forged' })).toBeNull();
    expect(await recordReturn(other.actor, { ...query, state })).toBeNull();
    await getDb()
      .update(linkSessions)
      .set({ expiresAt: new Date(0) })
      .where(eq(linkSessions.companyId, owner.companyId));
    expect(await recordReturn(owner.actor, { ...query, state })).toBeNull();
  });

  it('does not believe a 200 that Codat does not confirm', async () => {
    const [customer, other] = [await makeReady(), await makeReady()];
    const foreign = await connectXero(other.codatCompanyId);
    const pending = await connectXero(customer.codatCompanyId, 'PendingAuth');
    for (const connectionId of [foreign, pending, null, 'rubbish']) {
      const { state } = await handOff(customer);
      const id = await recordReturn(customer.actor, { ...query, state, connectionId });
      expect(await getLinkOutcome(customer.actor, id ?? '')).toMatchObject({
        kind: 'unconfirmed',
        linked: [],
      });
    }
    expect(await getLinkOutcome(customer.actor, 'not-an-id')).toBeNull();
  });

  it('still takes the person back while Codat is down, and says that it could not check', async () => {
    const customer = await makeReady();
    const { state } = await handOff(customer);
    const path = `/companies/${customer.codatCompanyId}`;
    await codat.control('POST', '/faults', { method: 'GET', path, drop: true, times: 2 });
    const id = await recordReturn(customer.actor, { ...query, state });
    expect(await getLinkOutcome(customer.actor, id ?? '')).toMatchObject({ verified: false });
  });
});

describe('disconnect', () => {
  it('unlinks at Codat and shows it at once; twice is as good as once', async () => {
    const customer = await makeReady();
    const connectionId = await connectXero(customer.codatCompanyId);
    const { state } = await handOff(customer);
    await recordReturn(customer.actor, { ...query, state, connectionId });
    await disconnect(customer.actor, connectionId);
    await disconnect(customer.actor, connectionId);
    expect(await getConnection(customer.actor, connectionId)).toMatchObject({ status: 'Unlinked' });
  });

  it("refuses another company's connection as if it did not exist", async () => {
    const [owner, other] = [await makeReady(), await makeReady()];
    const connectionId = await connectXero(owner.codatCompanyId);
    const { state } = await handOff(owner);
    await recordReturn(owner.actor, { ...query, state, connectionId });
    await expect(disconnect(other.actor, connectionId)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await getConnection(owner.actor, connectionId)).toMatchObject({ status: 'Linked' });
  });
});
