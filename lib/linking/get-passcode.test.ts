import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/actor';
import { passcodeIn } from '@/lib/codat/connections';
import { getConnection } from '@/lib/connections/get-connections';
import { type LocalCodat, startLocalCodat } from '@/testing/local-codat';
import { makeCompanyAtCodat, makeOperator, noContext } from '@/testing/make-customer';
import { readNow } from '@/testing/read-now';
import { copyLink } from './copy-link';
import { getPasscode } from './get-passcode';
import { startLink } from './start-link';

let codat: LocalCodat;
let customer: Awaited<ReturnType<typeof makeCompanyAtCodat>>;

beforeAll(async () => {
  codat = await startLocalCodat();
  customer = await makeCompanyAtCodat();
});
afterAll(() => codat?.stop());
beforeEach(() => codat.control('DELETE', '/faults'));

async function connect(platformKey: string, status: string, read = true): Promise<string> {
  const path = `/companies/${customer.codatCompanyId}/connections`;
  const made = (await codat.control('POST', path, { platformKey, status })) as { id: string };
  if (read) await readNow(customer.companyId);
  return made.id;
}

const wish = (connectionId: string, actor: Actor = customer.actor) =>
  startLink(actor, { companyId: customer.companyId, connectionId, consent: 'yes' }, noContext);

describe('a connection that nobody authorizes through a Link URL', () => {
  it.each([
    ['olpr', 'PendingAuth', 'staff.linkNotForThis'],
    ['olpr', 'Deauthorized', 'staff.linkNotForThis'],
    ['xpns', 'Unlinked', 'staff.linkNothingToSign'],
    ['acfu', 'Unlinked', 'staff.linkNothingToSign'],
    ['bkfu', 'Linked', 'staff.linkNothingToSign'],
  ])('sends no one to it, by no path (%s, %s)', async (platformKey, status, messageKey) => {
    const id = await connect(platformKey, status);
    await codat.control('DELETE', '/requests');
    const refused = { code: 'conflict', ref: { messageKey: 'errors.connectionHasNoLink' } };
    await expect(wish(id)).rejects.toMatchObject(refused);
    const admin = await makeOperator('admin');
    const copy = copyLink(admin, { companyId: customer.companyId, connectionId: id }, noContext);
    await expect(copy).rejects.toMatchObject({ ref: { messageKey: `errors.${messageKey}` } });
    expect(await codat.calls()).toEqual([]);
  });

  it('nor where only Codat knows of it yet', async () => {
    const id = await connect('olpr', 'PendingAuth', false);
    expect(await getConnection(customer.actor, id)).toBeNull();
    await expect(wish(id)).rejects.toMatchObject({
      ref: { messageKey: 'errors.connectionHasNoLink' },
    });
  });
});

describe('getPasscode', () => {
  it('asks Codat for one at each press, whatever form its answer has', async () => {
    const id = await connect('olpr', 'PendingAuth');
    await codat.control('DELETE', '/requests');
    const first = await getPasscode(customer.actor, id);
    await codat.control('PUT', '/settings', { bankFeedPasscode: 'text' });
    const second = await getPasscode(customer.actor, id);
    await codat.control('PUT', '/settings', { bankFeedPasscode: 'object' });
    expect([first, second]).toEqual([
      expect.stringMatching(/^\d{6}$/),
      expect.stringMatching(/^\d{6}$/),
    ]);
    const path = `/companies/${customer.codatCompanyId}/connections/${id}/bankFeeds/otp`;
    expect(await codat.calls()).toEqual([`POST ${path} 200`, `POST ${path} 200`]);
  });

  it('is refused to others, for what needs none, and after five', async () => {
    const id = await connect('olpr', 'PendingAuth');
    const other = await makeCompanyAtCodat();
    await expect(getPasscode(other.actor, id)).rejects.toMatchObject({ code: 'not-found' });
    const xero = await connect('gbol', 'PendingAuth');
    await expect(getPasscode(customer.actor, xero)).rejects.toMatchObject({ code: 'conflict' });
    const linked = await connect('olpr', 'Linked');
    await expect(getPasscode(customer.actor, linked)).rejects.toMatchObject({ code: 'conflict' });
    await codat.control('DELETE', '/requests');
    const tries = Array.from({ length: 9 }, () => getPasscode(customer.actor, id));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(5);
    expect((await codat.calls()).length).toBeLessThanOrEqual(5);
    await expect(getPasscode(customer.actor, id)).rejects.toMatchObject({ code: 'throttled' });
  });
});

describe('passcodeIn', () => {
  it.each([
    ['482913', '482913'],
    [482913, '482913'],
    [' AB-12 ', 'AB-12'],
    [{ otp: '048291', expiresIn: 3600 }, '048291'],
    [{ expiresIn: 3600, oneTimePasscode: 'XK3' }, 'XK3'],
    [{ data: { passcode: '482913' } }, '482913'],
    [{ expiresIn: 3600 }, null],
    [{ otp: null }, null],
    ['https://link.codat.io/x', null],
    ['<html>', null],
    [[], null],
    [null, null],
    [true, null],
  ])('finds in %j: %s', (json, passcode) => {
    expect(passcodeIn(json)).toBe(passcode);
  });
});
