import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { companies } from '@/db/schema/companies';
import type { Actor } from '@/lib/actor';
import { getCompany, updateCompany } from '@/lib/codat/companies';
import { tagSchema } from '@/lib/companies/schemas';
import { applyRead } from '@/lib/sync/apply-read';
import { beginRead } from '@/lib/sync/read-ticket';
import { storedCompany } from '@/testing/company-rows';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCompanyAtCodat, makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { readNow } from '@/testing/read-now';
import { renameCompany, tagCompany } from './edit-company';

let codat: LocalCodat;
let admin: Actor;

beforeAll(async () => {
  codat = await startLocalCodat();
  admin = await makeOperator('admin');
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

const atCodat = async (codatCompanyId: string) => (await getCompany(codatCompanyId)).snapshot;

const audited = (companyId: string) =>
  getDb()
    .select({ action: auditEntries.action, detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.companyId, companyId), eq(auditEntries.actorKind, 'person')))
    .orderBy(asc(auditEntries.id));

const rename = (companyId: string, name: string, actor = admin) =>
  renameCompany(actor, { companyId, name }, noContext);
const tag = (
  companyId: string,
  shown: Record<string, string>,
  tags: Record<string, string>,
  actor = admin,
) => tagCompany(actor, { companyId, shown, tags }, noContext);

describe('renameCompany', () => {
  it('names it here and at Codat, where its own name and tags stay', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat({ name: 'Old name' });
    const name = 'Café “Söhne” & 日本茶';
    await rename(companyId, name);
    expect(await storedCompany(companyId)).toMatchObject({ name });
    expect((await storedCompany(companyId)).searchText).toContain('söhne');
    expect(await atCodat(codatCompanyId)).toMatchObject({
      name: companyId,
      description: name,
      tags: { uid: companyId },
    });
    await rename(companyId, name);
    expect(await audited(companyId)).toEqual([{ action: 'company.rename', detail: { to: name } }]);
  });

  it('is not taken back by a read that began before it', async () => {
    const { companyId } = await makeCompanyAtCodat({ name: 'Old name' });
    const ticket = await beginRead(getDb(), companyId);
    if (!ticket) throw new Error('no ticket');
    const before = await atCodat(ticket.codatCompanyId);
    await rename(companyId, 'New name');
    expect(await applyRead(getDb(), ticket, before, 'read')).toBe(false);
    expect((await storedCompany(companyId)).name).toBe('New name');
    // And a fresh read is asked for, since that one may have had other news.
    expect((await storedCompany(companyId)).readDueAt).not.toBeNull();
  });

  it.each([
    [{ drop: true, afterEffect: true }, 'errors.staff.codatUnclear'],
    [{ status: 503 }, 'errors.staff.codatUnclear'],
    [{ status: 401 }, 'errors.staff.codatUnauthorized'],
  ])('changes nothing here after %j, and the next try does it', async (fault, messageKey) => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat({ name: 'Old name' });
    await codat.control('POST', '/faults', {
      ...{ method: 'PATCH', path: '/companies', times: 1 },
      ...fault,
    });
    await expect(rename(companyId, 'New name')).rejects.toMatchObject({ ref: { messageKey } });
    await readNow(companyId);
    expect((await storedCompany(companyId)).name).toBe('Old name');
    expect((await audited(companyId)).at(-1)).toMatchObject({ detail: { failed: messageKey } });
    await rename(companyId, 'New name');
    expect((await storedCompany(companyId)).name).toBe('New name');
    expect((await atCodat(codatCompanyId)).description).toBe('New name');
  });

  it('overwrites no note that someone has put in place of the name at Codat', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat({ name: 'Old name' });
    await updateCompany(codatCompanyId, { description: 'possible fraud, ask Dave' });
    await rename(companyId, 'New name');
    expect(await storedCompany(companyId)).toMatchObject({
      name: 'New name',
      codatDescription: 'possible fraud, ask Dave',
    });
    expect((await atCodat(codatCompanyId)).description).toBe('possible fraud, ask Dave');
  });

  it('names a company found at Codat there, and its note stays', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    await getDb().update(companies).set({ origin: 'codat' }).where(eq(companies.id, companyId));
    await updateCompany(codatCompanyId, { description: 'A note' });
    await rename(companyId, "Baker's & Co.");
    expect(await storedCompany(companyId)).toMatchObject({ name: "Baker's & Co." });
    expect(await atCodat(codatCompanyId)).toMatchObject({
      name: "Baker's & Co.",
      description: 'A note',
    });
    await expect(rename(companyId, 'Café (Söhne)')).rejects.toMatchObject({
      code: 'invalid',
      field: 'name',
      ref: { messageKey: 'errors.staff.nameCut', params: { characters: 'é ( ö )' } },
    });
    expect((await atCodat(codatCompanyId)).name).toBe("Baker's & Co.");
  });

  it.each([
    ['sign_up', { description: 'Old name' }, 'New name'],
    ['sign_up', {}, 'New name'],
    ['codat', { name: 'Old name' }, 'Old name'],
  ] as const)('is not done when the answer is without it (%s, %j)', async (origin, told, name) => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat({ name: 'Old name' });
    await getDb().update(companies).set({ origin }).where(eq(companies.id, companyId));
    const body = { id: codatCompanyId, name: companyId, redirect: codat.url, ...told };
    const answer = { status: 200, contentType: 'application/json', body: JSON.stringify(body) };
    await codat.control('POST', '/faults', {
      ...{ method: 'PATCH', path: '/companies', times: 1 },
      ...answer,
    });
    await expect(rename(companyId, 'New name')).rejects.toMatchObject({
      ref: { messageKey: 'errors.staff.nameNotTaken' },
    });
    expect((await storedCompany(companyId)).name).toBe(name);
  });

  it("takes no other company's answer for its own", async () => {
    const { companyId } = await makeCompanyAtCodat({ name: 'Old name' });
    const other = { id: crypto.randomUUID(), name: 'Other', description: 'New name' };
    await codat.control('POST', '/faults', {
      ...{ method: 'PATCH', path: '/companies', times: 1, status: 200 },
      ...{ contentType: 'application/json', body: JSON.stringify(other) },
    });
    await expect(rename(companyId, 'New name')).rejects.toMatchObject({
      ref: { messageKey: 'errors.staff.codatUnclear' },
    });
    expect((await storedCompany(companyId)).name).toBe('Old name');
  });
});

describe('tagCompany', () => {
  it('sets the whole map and keeps our id', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    await tag(companyId, {}, { region: 'north', tier: 'gold' });
    const both = { uid: companyId, region: 'north', tier: 'gold' };
    expect((await atCodat(codatCompanyId)).tags).toEqual(both);
    expect(await storedCompany(companyId)).toMatchObject({ tags: both });
    expect((await storedCompany(companyId)).facets).toContain('tag:tier=gold');
    await tag(companyId, { region: 'north', tier: 'gold' }, { region: 'south' });
    expect((await atCodat(codatCompanyId)).tags).toEqual({ uid: companyId, region: 'south' });
    expect((await audited(companyId)).at(-1)).toEqual({
      action: 'company.tag',
      detail: { set: 'region=south', removed: 'tier' },
    });
  });

  it('overwrites no change made at Codat in the meantime', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    await updateCompany(codatCompanyId, { tags: { uid: companyId, theirs: 'x' } });
    await expect(tag(companyId, {}, { ours: 'y' })).rejects.toMatchObject({
      code: 'conflict',
      ref: { messageKey: 'errors.staff.tagsChanged' },
    });
    expect((await atCodat(codatCompanyId)).tags).toEqual({ uid: companyId, theirs: 'x' });
    // What the page shows next is what they are.
    expect((await storedCompany(companyId)).tags).toEqual({ uid: companyId, theirs: 'x' });
  });

  it('never loses a tag that it cannot show', async () => {
    const { companyId, codatCompanyId } = await makeCompanyAtCodat();
    const link = `${codat.url}/company/${codatCompanyId}`;
    await updateCompany(codatCompanyId, { tags: { uid: companyId, link } });
    await expect(tag(companyId, {}, { ours: 'y' })).rejects.toMatchObject({
      ref: { messageKey: 'errors.staff.tagsHidden' },
    });
    expect(JSON.stringify((await storedCompany(companyId)).tags)).not.toContain('/company/');
  });

  it('keeps to ten, ours included', async () => {
    const { companyId } = await makeCompanyAtCodat();
    const numbered = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`tag${i}`, 'x']));
    await expect(tag(companyId, {}, numbered(10))).rejects.toMatchObject({ code: 'invalid' });
    await tag(companyId, {}, numbered(9));
    expect(Object.keys((await storedCompany(companyId)).tags)).toHaveLength(10);
  });
});

describe('both', () => {
  it('need the permission to write and a company that exists at Codat', async () => {
    const { actor, companyId } = await makeCompanyAtCodat();
    await codat.control('DELETE', '/requests');
    for (const other of [actor, await makeOperator('support'), await makeOperator('auditor')]) {
      const refused = { code: 'not-allowed' };
      await expect(rename(companyId, 'x', other)).rejects.toMatchObject(refused);
      await expect(tag(companyId, {}, { a: 'b' }, other)).rejects.toMatchObject(refused);
    }
    const waiting = await makeCustomer({ codatCompanyId: null });
    const deleted = await makeCustomer({ codatDeletedAt: new Date() });
    for (const [id, code] of [
      [crypto.randomUUID(), 'not-found'],
      [waiting.companyId, 'not-ready'],
      [deleted.companyId, 'conflict'],
    ] as const) {
      await expect(rename(id, 'x')).rejects.toMatchObject({ code });
      await expect(tag(id, {}, { a: 'b' })).rejects.toMatchObject({ code });
    }
    expect(await codat.calls()).toEqual([]);
  });
});

describe('tagSchema', () => {
  const form = (fields: Record<string, string>) =>
    tagSchema.safeParse({ companyId: crypto.randomUUID(), shown: '{"a":"b"}', ...fields });

  it('reads rows, and takes empty ones for none', () => {
    const { data } = form({ key0: ' region ', value0: 'north', key1: '', value1: '', key9: 'x' });
    expect(data).toMatchObject({ shown: { a: 'b' }, tags: { region: 'north', x: '' } });
  });

  it.each([
    [{ value0: 'alone' }, 'key0', 'tagKeyMissing'],
    [{ key0: 'k'.repeat(28) }, 'key0', 'tagKey'],
    [{ key0: 'a\nb' }, 'key0', 'tagKey'],
    [{ key0: 'a', value0: 'v'.repeat(101) }, 'value0', 'tagValue'],
    [{ key0: 'UID', value0: 'x' }, 'key0', 'tagReserved'],
    [{ key0: 'a', key1: 'a' }, 'key1', 'tagTwice'],
    [{ key0: 'a', value0: 'https://x.example/?link.otp=ABC123' }, 'value0', 'tagLink'],
    [{ key0: 'constructor', value0: 'x' }, null, null],
    [{ key0: '__proto__', value0: 'x' }, 'key0', null],
  ])('says of %j what is wrong and where', (fields, path, message) => {
    const { error } = form(fields);
    const issues = error?.issues.map((issue) => [issue.path[0], issue.message]) ?? [];
    const wanted = message === null ? 'errors.invalid' : `errors.staff.${message}`;
    expect(issues).toEqual(path === null ? [] : [[path, wanted]]);
  });

  it('survives rubbish in what it was made from', () => {
    for (const shown of ['', 'null', '[1]', '{"a":1}', '{'])
      expect(form({ shown }).success).toBe(false);
  });
});
