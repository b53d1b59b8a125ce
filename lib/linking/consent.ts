import 'server-only';
import { createHash } from 'node:crypto';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { type Executor, getDb } from '@/db/client';
import { listAbove } from '@/db/family';
import { consents } from '@/db/schema/companies';
import { users } from '@/db/schema/people';
import type { Actor } from '@/lib/actor';
import { requireCompanyHead } from '@/lib/connections/get-connections';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { Locale } from '@/messages/locales';
import { consentTerms } from '@/messages/server/consent-terms';
import type { ConnectPage } from './schemas';

/**
 * Version of what people agree to. Raise it whenever the meaning of the page's terms in
 * `connect.json` in `messages/` changes: everyone is then asked again.
 */
export const consentTextVersion = '2026-11-28';

/** SHA-256 of the terms on the page and of the sentence that people agree to, in the language read. */
function textHash(locale: Locale): string {
  return createHash('sha256')
    .update(JSON.stringify(consentTerms(locale)))
    .digest('hex');
}

/**
 * The newest receipt for the current text; null when no one has agreed to it for the company or one above
 * it, whose people have connected it.
 */
export async function findConsent(
  companyId: string,
): Promise<{ acceptedAt: string; byName: string | null } | null> {
  const covered = [companyId, ...(await listAbove(getDb(), companyId))];
  const [row] = await getDb()
    .select({ acceptedAt: consents.acceptedAt, byName: users.name })
    .from(consents)
    .leftJoin(users, eq(users.id, consents.userId))
    .where(and(inArray(consents.companyId, covered), eq(consents.textVersion, consentTextVersion)))
    .orderBy(desc(consents.acceptedAt))
    .limit(1);
  return row ? { acceptedAt: row.acceptedAt.toISOString(), byName: row.byName } : null;
}

/** Stores a receipt: who agreed, for which company, to which text in `locale`, when and from where. */
export async function recordConsent(
  db: Executor,
  actor: Actor,
  companyId: string,
  locale: Locale,
  context: RequestContext,
): Promise<void> {
  await db.insert(consents).values({
    companyId,
    userId: actor.userId,
    textVersion: consentTextVersion,
    textSha256: textHash(locale),
    ipAddress: context.ipAddress,
    userAgent: context.userAgent,
  });
}

/** What `/connect` shows for a company. @throws AppError `not-found` */
export async function getConnectPage(actor: Actor, companyId: string): Promise<ConnectPage> {
  const { company } = await requireCompanyHead(actor, companyId);
  return { company, consent: await findConsent(companyId), consentTextVersion };
}
