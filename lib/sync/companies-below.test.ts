import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { memberships } from '@/db/schema/companies';
import { companyList } from '@/db/schema/company-list';
import { type Actor, businessOf, isMember } from '@/lib/actor';
import { loadActor } from '@/lib/auth/load-actor';
import { findCompanyByUid, getCompany } from '@/lib/codat/companies';
import { assignCompany } from '@/lib/companies/staff/assign-company';
import { deleteCompany } from '@/lib/companies/staff/delete-company';
import { getCompanyDetail, listDeletedWith } from '@/lib/companies/staff/get-company-detail';
import { ignoreCompany } from '@/lib/companies/staff/ignore-company';
import { disconnect } from '@/lib/connections/disconnect';
import { getConnectionsOverview } from '@/lib/connections/get-connections';
import { startLink } from '@/lib/linking/start-link';
import { adoptUnknown } from '@/lib/webhooks/inbox/unknown-companies';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCompanyAtCodat, makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { readNow } from '@/testing/read-now';
import { adoptCompany } from './adopt-company';
import { applyRead } from './apply-read';
import { newTicket } from './read-ticket';

let codat: LocalCodat;
let admin: Actor;

beforeAll(async () => {
  codat = await startLocalCodat();
  admin = await makeOperator('admin');
});
afterAll(() => codat?.stop());

type Made = { id: string };

/** A subsidiary at Codat with a connection; its id there. */
async function makeBelow(parentAtCodat: string, name: string, status = 'Linked'): Promise<string> {
  const body = { name, platformKey: 'akxx', status };
  return ((await codat.control('POST', `/companies/${parentAtCodat}/subsidiaries`, body)) as Made)
    .id;
}

/** What the sweep or an event does with a company of Codat's. @returns our id. */
async function takeIn(codatCompanyId: string, change: object = {}): Promise<string> {
  const { snapshot } = await getCompany(codatCompanyId);
  const told = { ...snapshot, ...change };
  return getDb().transaction(async (tx) => {
    const place = await adoptCompany(tx, told);
    if (!place) throw new Error('not adopted');
    const ticket = { ...(await newTicket(tx)), companyId: place.companyId, codatCompanyId };
    await applyRead(tx, { ...ticket, target: 0 }, told, 'sweep');
    return place.companyId;
  });
}

async function again(actor: Actor): Promise<Actor> {
  const now = await loadActor(getDb(), actor.sessionId);
  if (!now) throw new Error('signed out');
  return now;
}

async function listed(companyId: string) {
  const [row] = await getDb()
    .select()
    .from(companyList)
    .where(eq(companyList.companyId, companyId));
  if (!row) throw new Error('not listed');
  return row;
}

const isUnassigned = async (companyId: string) => {
  const { origin, ownerEmail, ignoredAt } = await listed(companyId);
  return origin === 'codat' && ownerEmail === '' && ignoredAt === null;
};

describe('a company below a customer’s', () => {
  it('is theirs without being copied to them, and its connections are on their page', async () => {
    const parent = await makeCompanyAtCodat({ name: 'Toft stores' });
    const childAtCodat = await makeBelow(parent.codatCompanyId, 'Toft stores UK');
    const childId = await takeIn(childAtCodat);
    const actor = await again(parent.actor);
    expect(actor.companies).toHaveLength(1);
    expect(actor.subsidiaries).toEqual([
      { id: childId, name: 'Toft stores UK', parentId: parent.companyId },
    ]);
    expect([isMember(actor, childId), businessOf(actor, childId)]).toEqual([
      true,
      parent.companyId,
    ]);
    expect(await getDb().$count(memberships, eq(memberships.companyId, childId))).toBe(0);
    expect(await isUnassigned(childId)).toBe(false);
    expect((await storedCompany(childId)).ownerEmail).toBe(actor.email);

    const { connections, company } = await getConnectionsOverview(actor, parent.companyId);
    expect(connections).toMatchObject([{ companyId: childId, subsidiary: 'Toft stores UK' }]);
    expect(company).toMatchObject({ name: 'Toft stores', attention: 'ok' });
    const [held] = connections;
    await disconnect(actor, held?.id ?? '');
    expect((await storedCompany(parent.companyId)).attention).toBe('disconnected');
    // Who agreed for the business has agreed for what was connected below it.
    const own = { companyId: parent.companyId, consent: 'yes' as const };
    await startLink(actor, own, noContext);
    const below = { companyId: childId, connectionId: held?.id };
    expect(await startLink(actor, below, noContext)).toHaveProperty('url');

    const detail = await getCompanyDetail(admin, parent.companyId);
    expect(detail?.subsidiaries).toMatchObject([{ id: childId, name: 'Toft stores UK' }]);
    expect((await getCompanyDetail(admin, childId))?.parent).toMatchObject({
      id: parent.companyId,
    });
    const stranger = await makeCustomer();
    expect(isMember(await again(stranger.actor), childId)).toBe(false);
  });

  it('is adopted as soon as a read of the one above names it', async () => {
    const parent = await makeCompanyAtCodat();
    await makeBelow(parent.codatCompanyId, 'Toft stores US', 'Deauthorized');
    await readNow(parent.companyId);
    expect(await adoptUnknown(getDb())).toBeGreaterThan(0);
    const actor = await again(parent.actor);
    const { connections } = await getConnectionsOverview(actor, parent.companyId);
    expect(connections).toMatchObject([{ subsidiary: 'Toft stores US', status: 'Deauthorized' }]);
    expect((await storedCompany(parent.companyId)).attention).toBe('needs_reconnect');
  });

  it('finds its place though it comes before the one above', async () => {
    const parentAtCodat = await makeAtCodat('Group');
    const childId = await takeIn(await makeBelow(parentAtCodat, 'First'));
    expect(await isUnassigned(childId)).toBe(true);
    const parentId = await takeIn(parentAtCodat);
    expect(await isUnassigned(childId)).toBe(false);
    expect((await getCompanyDetail(admin, childId))?.parent).toMatchObject({ id: parentId });
    expect(await isUnassigned(parentId)).toBe(true);

    const { actor } = await makeCustomer();
    const refused = { ref: { messageKey: 'errors.staff.belongsWithParent' } };
    const assign = (companyId: string) =>
      assignCompany(admin, { companyId, email: actor.email }, noContext);
    await expect(assign(childId)).rejects.toMatchObject(refused);
    await expect(ignoreCompany(admin, childId, noContext)).rejects.toMatchObject({
      code: 'conflict',
    });
    await ignoreCompany(admin, parentId, noContext);
    expect((await listed(childId)).ignoredAt).not.toBeNull();
    await assign(parentId);
    expect(await listed(childId)).toMatchObject({
      ownerEmail: actor.email,
      ignoredAt: null,
    });
    expect(isMember(await again(actor), childId)).toBe(true);
  });

  it('goes with the one that Codat puts it below, and to no one if that is unknown', async () => {
    const [one, two] = [await makeCompanyAtCodat(), await makeCompanyAtCodat()];
    const childAtCodat = await makeBelow(one.codatCompanyId, 'Moving', 'Deauthorized');
    const childId = await takeIn(childAtCodat);
    expect((await storedCompany(one.companyId)).attention).toBe('needs_reconnect');
    await takeIn(childAtCodat, { parentId: two.codatCompanyId });
    const whose = async () => [
      isMember(await again(one.actor), childId),
      isMember(await again(two.actor), childId),
    ];
    expect(await whose()).toEqual([false, true]);
    expect((await storedCompany(one.companyId)).attention).toBe('none');
    expect((await storedCompany(two.companyId)).attention).toBe('needs_reconnect');
    await takeIn(childAtCodat, { parentId: crypto.randomUUID() });
    expect(await whose()).toEqual([false, false]);
    expect(await isUnassigned(childId)).toBe(true);
  });

  it('is not the parent’s where it has people of its own', async () => {
    const [parent, own] = [await makeCompanyAtCodat(), await makeCompanyAtCodat()];
    await takeIn(own.codatCompanyId, { parentId: parent.codatCompanyId, uid: null });
    await takeIn(await makeBelow(own.codatCompanyId, 'Below both'));
    const [theirs, his] = [await again(own.actor), await again(parent.actor)];
    expect(isMember(his, own.companyId)).toBe(false);
    expect(his.subsidiaries).toEqual([]);
    expect(theirs.subsidiaries).toMatchObject([{ name: 'Below both' }]);
    expect((await getConnectionsOverview(his, parent.companyId)).connections).toEqual([]);
    expect((await storedCompany(parent.companyId)).attention).toBe('none');
  });

  it('forms no circle, however Codat says so', async () => {
    const atCodat = [await makeAtCodat('A'), await makeAtCodat('B'), await makeAtCodat('C')];
    const ids = [];
    for (const [i, id] of atCodat.entries()) {
      ids.push(await takeIn(id, { parentId: atCodat[(i + 1) % 3] }));
    }
    for (const [i, id] of atCodat.entries()) {
      await takeIn(id, { parentId: atCodat[(i + 1) % 3] });
      await takeIn(id, { parentId: id });
      await takeIn(id, { parentId: atCodat[(i + 1) % 3] });
    }
    const roots = await Promise.all(ids.map(isUnassigned));
    expect(roots.filter(Boolean).length).toBeGreaterThan(0);
  });

  it('is never taken for the one above, whose tags it may carry', async () => {
    const waiting = await makeCustomer({ codatCompanyId: null });
    const parentAtCodat = await makeAtCodat('Elsewhere');
    const childAtCodat = await makeBelow(parentAtCodat, 'Carries tags');
    const tags = { uid: waiting.companyId };
    await send('PATCH', `/companies/${childAtCodat}`, { tags });
    expect(await findCompanyByUid(waiting.companyId)).toBeNull();
    const childId = await takeIn(childAtCodat);
    expect(childId).not.toBe(waiting.companyId);
    expect((await storedCompany(waiting.companyId)).codatCompanyId).toBeNull();
  });

  it('is deleted with it, once a read of it says so', async () => {
    const parent = await makeCompanyAtCodat({ name: 'Going' });
    const childId = await takeIn(await makeBelow(parent.codatCompanyId, 'Going too'));
    expect(await listDeletedWith(parent)).toEqual(['Going too']);
    const wish = { companyId: parent.companyId, typed: 'Going' };
    await deleteCompany(admin, wish, noContext);
    expect((await storedCompany(childId)).codatDeletedAt).toBeNull();
    expect((await storedCompany(childId)).readDueAt).not.toBeNull();
    await readNow(childId);
    expect(await storedCompany(childId)).toMatchObject({ attention: 'deleted' });
  });
});

async function makeAtCodat(name: string): Promise<string> {
  return (await send('POST', '/companies', { name })).id;
}

async function send(method: string, path: string, body: unknown): Promise<Made> {
  const response = await fetch(codat.url + path, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from('test-key').toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Made;
}
