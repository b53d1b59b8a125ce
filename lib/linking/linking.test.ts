import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { companies, consents } from '@/db/schema/companies';
import { linkSessions } from '@/db/schema/connections';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { disconnect } from '@/lib/connections/disconnect';
import { getConnection } from '@/lib/connections/get-connections';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { getConnectPage } from './consent';
import { copyLink } from './copy-link';
import { getLinkOutcome } from './get-link-outcome';
import { mayHaveLostState, recordReturn } from './record-return';
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

const query = { statusCode: '200', companyId: null, connectionId: null, errorMessage: null };

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

  it('gives nothing for a forged, foreign or expired state, or a missing one with nothing open', async () => {
    const [owner, other] = [await makeReady(), await makeReady()];
    const { state } = await handOff(owner);
    expect(await recordReturn(owner.actor, { ...query, state: 'forged' })).toBeNull();
    expect(await recordReturn(other.actor, { ...query, state })).toBeNull();
    expect(await recordReturn(other.actor, { ...query, state: null })).toBeNull();
    expect(await recordReturn(other.actor, { ...query, state: '' })).toBeNull();
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

describe('a return without a state', () => {
  const without = { ...query, state: null };
  const sessionOf = async (id: string | null) => {
    const [row] = await getDb()
      .select()
      .from(linkSessions)
      .where(eq(linkSessions.id, id ?? ''));
    return row;
  };

  it("is taken for the person's own open hand-off, once, and the company is read", async () => {
    const customer = await makeReady();
    await handOff(customer);
    const connectionId = await connectXero(customer.codatCompanyId);
    await codat.control('DELETE', '/requests');
    const id = await recordReturn(customer.actor, { ...without, connectionId });
    expect(await codat.calls()).toEqual([`GET /companies/${customer.codatCompanyId} 200`]);
    expect(await getLinkOutcome(customer.actor, id ?? '')).toMatchObject({
      ...{ kind: 'connected', stateless: true, verified: true },
      linked: [{ id: connectionId }],
    });
    // The same page opened again leads to the same outcome; another return finds nothing open.
    expect(await recordReturn(customer.actor, { ...without, connectionId })).toBe(id);
    expect(await recordReturn(customer.actor, { ...without, statusCode: '403' })).toBeNull();
    expect(await codat.calls()).toHaveLength(1);
  });

  it('takes none that is older than an hour, was never sent off, or is of a business left since', async () => {
    const customer = await makeReady();
    await handOff(customer);
    const own = eq(linkSessions.companyId, customer.companyId);
    const age = (ms: number) => new Date(Date.now() - ms);
    for (const handedOffAt of [age(61 * 60_000), null]) {
      await getDb().update(linkSessions).set({ handedOffAt }).where(own);
      expect(await recordReturn(customer.actor, without)).toBeNull();
    }
    await getDb()
      .update(linkSessions)
      .set({ handedOffAt: age(59 * 60_000) })
      .where(own);
    expect(await recordReturn({ ...customer.actor, companies: [] }, without)).toBeNull();
    expect(await recordReturn(customer.actor, without)).not.toBeNull();
  });

  it('lets the return that has the state decide, whichever comes first', async () => {
    const customer = await makeReady();
    const { state } = await handOff(customer);
    // A forged one, or one of Codat's that lost it.
    const forged = await recordReturn(customer.actor, { ...without, statusCode: '403' });
    const real = await recordReturn(customer.actor, { ...query, state });
    expect(real).toBe(forged);
    expect(await sessionOf(real)).toMatchObject({ statusCode: '200', stateless: false });
    await recordReturn(customer.actor, { ...query, state, statusCode: '500' });
    expect(await sessionOf(real)).toMatchObject({ statusCode: '200' });
    expect(await recordReturn(customer.actor, without)).toBeNull();
  });

  it('is the newest of several, and of two businesses that of the company in the query', async () => {
    const [one, two] = [await makeReady(), await makeReady()];
    const actor = { ...one.actor, companies: [...one.actor.companies, ...two.actor.companies] };
    const [first, second] = [
      { ...one, actor },
      { ...two, actor },
    ];
    await handOff(first);
    await handOff(second);
    await handOff(first);
    const codatIds = [one.codatCompanyId, two.codatCompanyId, crypto.randomUUID(), 'rubbish\0'];
    const named = codatIds.map((companyId, i) => ({
      ...{ ...without, companyId, connectionId: `c${i}` },
    }));
    const returned = [];
    for (const one of [named[1], named[2]]) {
      returned.push((await sessionOf(await recordReturn(actor, one ?? without)))?.companyId);
    }
    expect(returned).toEqual([two.companyId, one.companyId]);
    expect(await recordReturn(actor, named[3] ?? without)).not.toBeNull();
    expect(await recordReturn(actor, named[0] ?? without)).toBeNull();
    // What is someone else's is never chosen, however it is named.
    const stranger = await makeReady();
    await handOff(stranger);
    const theirs = { ...without, companyId: stranger.codatCompanyId };
    expect(await recordReturn(actor, theirs)).toBeNull();
  });

  it('ends well for the visitor of a copied link, who may have no account', async () => {
    const customer = await makeReady();
    const { companyId, codatCompanyId } = customer;
    const lost = { ...without, companyId: codatCompanyId };
    expect(await mayHaveLostState(lost)).toBe(false);
    const admin = await makeOperator('admin');
    await copyLink(admin, { companyId }, noContext);
    expect(await mayHaveLostState(lost)).toBe(true);
    expect(await mayHaveLostState({ ...lost, state: 'wrong' })).toBe(false);
    expect(await mayHaveLostState({ ...without, companyId: 'rubbish\0' })).toBe(false);
    // Nor does staff's link ever count as a hand-off of theirs.
    expect(await recordReturn(admin, lost)).toBeNull();
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
