import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import { auditEntries } from '@/db/schema/audit';
import { operatorSettings } from '@/db/schema/operations';
import { getEnv } from '@/env';
import { makeCustomer, makeOperator, noContext } from '@/testing/make-customer';
import { areLinksOneTime, getInviteUrl, noteOneTimeLinks, saveInviteUrl } from './link-settings';

const inviteUrl = `${getEnv().CODAT_LINK_ORIGINS[0]}/invite/abc`;

beforeEach(() => getDb().delete(operatorSettings));

describe('the Invite company URL', () => {
  it('is kept by an admin, seen by all staff, and forgotten when left empty', async () => {
    const admin = await makeOperator('admin');
    await saveInviteUrl(admin, { inviteUrl }, noContext);
    for (const role of ['admin', 'support', 'auditor'] as const) {
      expect(await getInviteUrl(await makeOperator(role))).toEqual({
        url: inviteUrl,
        isHidden: false,
      });
    }
    await saveInviteUrl(admin, { inviteUrl: '' }, noContext);
    expect((await getInviteUrl(admin)).url).toBeNull();
    const entries = await getDb()
      .select({ action: auditEntries.action, detail: auditEntries.detail })
      .from(auditEntries)
      .where(eq(auditEntries.actorId, admin.userId))
      .orderBy(auditEntries.id);
    expect(entries).toEqual([
      { action: 'settings.change', detail: { set: true } },
      { action: 'settings.change', detail: { set: false } },
    ]);
  });

  it('is changed by nobody else', async () => {
    const { actor } = await makeCustomer();
    for (const other of [actor, await makeOperator('support'), await makeOperator('auditor')]) {
      await expect(saveInviteUrl(other, { inviteUrl }, noContext)).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    await expect(getInviteUrl(actor)).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each([
    'https://link.codat.io.example.com/invite',
    'javascript:alert(1)',
    'not a url',
    `${getEnv().CODAT_LINK_ORIGINS[0]?.replace('//', '//me@')}/invite`,
  ])('is refused elsewhere than on Link: %s', async (text) => {
    const saving = saveInviteUrl(await makeOperator('admin'), { inviteUrl: text }, noContext);
    await expect(saving).rejects.toMatchObject({ code: 'invalid', field: 'inviteUrl' });
  });

  it('is hidden, and not taken, while links work once', async () => {
    const admin = await makeOperator('admin');
    await saveInviteUrl(admin, { inviteUrl }, noContext);
    await noteOneTimeLinks('https://link.codat.io/company/1?link.otp=OTP123');
    expect(await getInviteUrl(admin)).toEqual({ url: null, isHidden: true });
    await expect(saveInviteUrl(admin, { inviteUrl }, noContext)).rejects.toMatchObject({
      code: 'conflict',
    });
    await noteOneTimeLinks('https://link.codat.io/company/1');
    expect(await getInviteUrl(admin)).toEqual({ url: inviteUrl, isHidden: false });
  });

  it('tells one-time links by the URL and keeps nothing of it', async () => {
    const soon = Date.now() + 3_600_000;
    await noteOneTimeLinks('https://link.codat.io/company/1?link.otp=OTP123', soon);
    expect(await areLinksOneTime(getDb())).toBe(true);
    const [row] = await getDb().select().from(operatorSettings);
    expect(row?.value).toBe(true);
    await noteOneTimeLinks(null, soon);
    await noteOneTimeLinks('not a url', soon);
    expect(await areLinksOneTime(getDb())).toBe(true);
  });
});
