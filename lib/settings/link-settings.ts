import 'server-only';
import { type Executor, getDb } from '@/db/client';
import { getEnv, isThisMachine } from '@/env';
import { type Actor, can } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import type { RequestContext } from '@/lib/runtime/request-context';
import { fieldError, z } from '@/lib/zod';
import { readSetting, removeSetting, writeSetting } from './operator-settings';

/** Empty takes the URL away. */
export const inviteUrlSchema = z.object({
  inviteUrl: z.string().trim().max(500, fieldError('inviteUrl')),
});

/** The Invite company URL as staff see it. */
export type InviteUrl = {
  /** Null while none is kept, or it does not work because links are one-time. */
  url: string | null;
  /** With one-time links Codat offers no Invite company URL. */
  isHidden: boolean;
};

const inviteUrlKey = 'invite-company-url';

/** @throws AppError `not-found` if the actor may not see settings. */
export async function getInviteUrl(actor: Actor): Promise<InviteUrl> {
  if (!can(actor, 'settings:read')) throw new AppError('not-found', 'notFound');
  const db = getDb();
  const isHidden = (await areLinksOneTime(db)) === true;
  const kept = isHidden ? null : await readSetting(db, inviteUrlKey, z.string());
  return { url: kept?.value ?? null, isHidden };
}

/**
 * Keeps the client's Invite company URL, or with an empty one forgets it.
 * @throws AppError `not-found`, `invalid` (not on Codat's Link), `conflict` (one-time links are on)
 */
export async function saveInviteUrl(
  actor: Actor,
  { inviteUrl }: z.infer<typeof inviteUrlSchema>,
  context: RequestContext,
): Promise<void> {
  if (!can(actor, 'settings:write')) throw new AppError('not-found', 'notFound');
  const url = inviteUrl === '' ? null : requireLinkUrl(inviteUrl);
  const db = getDb();
  if (url && (await areLinksOneTime(db))) throw new AppError('conflict', 'inviteUrlOneTime');
  await db.transaction(async (tx) => {
    await recordAudit(tx, actor, {
      action: 'settings.change',
      subject: inviteUrlKey,
      detail: { set: url !== null },
      context,
    });
    await (url ? writeSetting(tx, inviteUrlKey, url) : removeSetting(tx, inviteUrlKey));
  });
}

/** Only a local Codat, which stands in for Codat on this machine, may be plain http. */
function requireLinkUrl(text: string): string {
  const { CODAT_LINK_ORIGINS } = getEnv();
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url && (url.protocol === 'https:' || isThisMachine(url));
  if (isSafe && !url.username && CODAT_LINK_ORIGINS.includes(url.origin)) return url.href;
  throw new AppError('invalid', 'inviteUrl', {
    field: 'inviteUrl',
    params: { origins: CODAT_LINK_ORIGINS.join(', ') },
  });
}

const oneTimeKey = 'one-time-links';
const writeEveryMs = 60_000;
let last: { on: boolean; atMs: number } | undefined;

/**
 * Notes whether Codat hands out Link URLs that work once, which no API says: by the company URL that
 * a read has just brought. The URL itself is kept nowhere. Never fails a read.
 * @param nowMs only tests pass another.
 */
export async function noteOneTimeLinks(
  companyUrl: string | null,
  nowMs = Date.now(),
): Promise<void> {
  if (!companyUrl || !URL.canParse(companyUrl)) return;
  const on = new URL(companyUrl).searchParams.has('link.otp');
  if (last?.on === on && nowMs - last.atMs < writeEveryMs) return;
  last = { on, atMs: nowMs };
  await writeSetting(getDb(), oneTimeKey, on).catch((error: unknown) => {
    logger.warn({ err: error }, 'whether links work once could not be recorded');
  });
}

/** Whether Link URLs work once, as the last read showed; null before the first. */
export async function areLinksOneTime(db: Executor): Promise<boolean | null> {
  return (await readSetting(db, oneTimeKey, z.boolean()))?.value ?? null;
}
