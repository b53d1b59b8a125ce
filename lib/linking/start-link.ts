import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { linkSessions } from '@/db/schema/connections';
import { type Actor, isMember } from '@/lib/auth/actor';
import { asAppError } from '@/lib/codat/as-app-error';
import type { LinkUrls } from '@/lib/codat/transform';
import { getEnv } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { getMetrics } from '@/lib/process-metrics';
import type { RequestContext } from '@/lib/request-context';
import { readCompany } from '@/lib/sync/read-company';
import { beginRead } from '@/lib/sync/read-ticket';
import { findConsent, recordConsent } from './consent';
import type { startLinkSchema } from './schemas';

/** A `state` that has not come back by then is refused. */
const stateLifetimeMs = 24 * 60 * 60 * 1000;

/** What is stored of a `state`: its SHA-256. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}

/**
 * Prepares one way out to Hosted Link: consent, a link session with a random `state`, and a Link URL
 * that Codat minted for this very hand-off.
 * @returns the URL to send this person's browser to, or `consent-needed` when they must agree first.
 * @throws AppError `not-found`, `not-ready`, `upstream-…`
 */
export async function startLink(
  actor: Actor,
  input: z.infer<typeof startLinkSchema>,
  context: RequestContext,
): Promise<{ url: string } | 'consent-needed'> {
  const { companyId, connectionId } = input;
  if (!isMember(actor, companyId)) throw new AppError('not-found', 'notFound');
  await requireReady(companyId);
  if (input.consent !== 'yes' && !(await findConsent(companyId))) return 'consent-needed';

  const db = getDb();
  const state = randomBytes(32).toString('base64url');
  const linkSessionId = crypto.randomUUID();
  await db.transaction(async (tx) => {
    if (input.consent === 'yes') await recordConsent(tx, actor, companyId, context);
    await tx.insert(linkSessions).values({
      id: linkSessionId,
      stateHash: hashState(state),
      companyId,
      userId: actor.userId,
      connectionId,
      expiresAt: new Date(Date.now() + stateLifetimeMs),
    });
  });

  const url = await mintLink(companyId, connectionId, linkSessionId).catch((error: unknown) => {
    getMetrics().handOffs.inc({ result: 'failed' });
    throw error;
  });
  url.searchParams.set('state', state);
  await db
    .update(linkSessions)
    .set({ handedOffAt: new Date() })
    .where(and(eq(linkSessions.id, linkSessionId), eq(linkSessions.companyId, companyId)));
  getMetrics().handOffs.inc({ result: 'sent' });
  logger.info(
    { companyId, actorId: actor.userId, linkSessionId, connectionId },
    'hand-off to Link',
  );
  return { url: url.href };
}

async function mintLink(
  companyId: string,
  connectionId: string | undefined,
  linkSessionId: string,
): Promise<URL> {
  const links = await freshLinks(companyId);
  const target = connectionId ? links.byConnection.get(connectionId) : links.company;
  if (!target) {
    throw new AppError('not-found', connectionId ? 'connectionGone' : 'codatUnavailable');
  }
  return checkedLink(target, linkSessionId);
}

async function requireReady(companyId: string): Promise<void> {
  const [company] = await getDb()
    .select({ codatCompanyId: companies.codatCompanyId, deletedAt: companies.codatDeletedAt })
    .from(companies)
    .where(eq(companies.id, companyId));
  if (!company) throw new AppError('not-found', 'notFound');
  if (company.deletedAt) throw new AppError('conflict', 'companyDeleted');
  if (!company.codatCompanyId) throw new AppError('not-ready', 'companyNotReady');
}

/** Asks Codat now: Link URLs may work once and expire, so none is ever kept. */
async function freshLinks(companyId: string): Promise<LinkUrls> {
  const ticket = await beginRead(getDb(), companyId);
  if (!ticket) throw new AppError('not-ready', 'companyNotReady');
  const answer = await readCompany(ticket, 'read').catch((error: unknown) => {
    throw asAppError(error);
  });
  if (!answer) throw new AppError('conflict', 'companyDeleted');
  return answer.links;
}

/** @throws AppError when the URL is not on one of the origins that a person may be sent to. */
function checkedLink(target: string, linkSessionId: string): URL {
  const url = URL.canParse(target) ? new URL(target) : null;
  if (url && !url.username && getEnv().CODAT_LINK_ORIGINS.includes(url.origin)) return url;
  logger.error(
    { linkSessionId, origin: url?.origin ?? 'unreadable' },
    'refused a Link URL that is not on a permitted origin',
  );
  throw new AppError('upstream-refused', 'linkRefused');
}
