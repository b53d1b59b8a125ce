import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { linkSessions } from '@/db/schema/connections';
import { type Actor, isMember } from '@/lib/actor';
import { countPersonCall } from '@/lib/codat/count-person-call';
import { asCustomerError } from '@/lib/codat/explain-error';
import { companySetup } from '@/lib/companies/company-setup';
import { capabilitiesOf } from '@/lib/connections/capabilities';
import { getConnection } from '@/lib/connections/get-connections';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { z } from '@/lib/zod';
import { defaultLocale, knownLocale } from '@/messages/locales';
import { mayBePseudo } from '@/messages/server/texts';
import { findConsent, recordConsent } from './consent';
import { type LinkErrors, mintLink } from './mint-link';
import { hashState, newState } from './redirect-url';
import type { startLinkSchema } from './schemas';

const errors: LinkErrors = {
  explain: asCustomerError,
  deleted: 'companyDeleted',
  refused: 'linkRefused',
  noLink: 'connectionHasNoLink',
};

/** A `state` that has not come back by then is refused. */
const stateLifetimeMs = 24 * 60 * 60 * 1000;

/**
 * Prepares one way out to Hosted Link: consent, a link session with a random `state`, and a Link URL
 * that Codat minted for this very hand-off.
 * @returns the URL to send this person's browser to, or `consent-needed` when they must agree first.
 * @throws AppError `not-found`, `not-ready`, `throttled`, `upstream-…`
 */
export async function startLink(
  actor: Actor,
  input: z.infer<typeof startLinkSchema>,
  context: RequestContext,
): Promise<{ url: string } | 'consent-needed'> {
  const { companyId, connectionId } = input;
  if (!isMember(actor, companyId)) throw new AppError('not-found', 'notFound');
  await requireReady(companyId);
  if (connectionId) await refuseWithoutLink(actor, connectionId);
  if (input.consent !== 'yes' && !(await findConsent(companyId))) return 'consent-needed';
  await countPersonCall(actor, { kind: 'hand-off', companyId, context });

  const db = getDb();
  // Pages that are still open from before there were several languages do not name theirs.
  const readLocale = knownLocale(input.consentLocale, mayBePseudo()) ?? defaultLocale;
  const state = newState();
  const linkSessionId = crypto.randomUUID();
  await db.transaction(async (tx) => {
    if (input.consent === 'yes') await recordConsent(tx, actor, companyId, readLocale, context);
    await tx.insert(linkSessions).values({
      id: linkSessionId,
      stateHash: hashState(state),
      companyId,
      userId: actor.userId,
      connectionId,
      expiresAt: new Date(Date.now() + stateLifetimeMs),
    });
  });

  const wanted = { linkSessionId, state, companyId, connectionId };
  const url = await mintLink(wanted, errors).catch((error: unknown) => {
    getMetrics().handOffs.inc({ result: 'failed' });
    throw error;
  });
  await db
    .update(linkSessions)
    .set({ handedOffAt: sql`now()` })
    .where(and(eq(linkSessions.id, linkSessionId), eq(linkSessions.companyId, companyId)));
  getMetrics().handOffs.inc({ result: 'sent' });
  logger.info(
    { companyId, actorId: actor.userId, linkSessionId, connectionId },
    'hand-off to Link',
  );
  return { url: url.href };
}

/** What Codat has just answered decides; what is known here spares the person the way to consent. */
async function refuseWithoutLink(actor: Actor, connectionId: string): Promise<void> {
  const connection = await getConnection(actor, connectionId);
  if (connection && capabilitiesOf(connection, 'ready').link === null) {
    throw new AppError('conflict', errors.noLink);
  }
}

async function requireReady(companyId: string): Promise<void> {
  const [company] = await getDb()
    .select({
      codatCompanyId: companies.codatCompanyId,
      codatDeletedAt: companies.codatDeletedAt,
      provisionProblem: companies.provisionProblem,
    })
    .from(companies)
    .where(eq(companies.id, companyId));
  if (!company) throw new AppError('not-found', 'notFound');
  const setup = companySetup(company);
  if (setup === 'deleted') throw new AppError('conflict', 'companyDeleted');
  if (setup === 'blocked') throw new AppError('not-ready', 'companyBlocked');
  if (setup === 'provisioning') throw new AppError('not-ready', 'companyNotReady');
}
