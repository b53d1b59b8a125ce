import 'server-only';
import { getDb } from '@/db/client';
import { getEnv } from '@/env';
import type { CompanyAnswer } from '@/lib/codat/companies';
import { capabilitiesOf, wayOf } from '@/lib/connections/capabilities';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import { noteTrouble } from '@/lib/runtime/trouble';
import { readCompany } from '@/lib/sync/read-company';
import { beginRead } from '@/lib/sync/read-ticket';
import type { ErrorKey } from '@/messages/areas';

export type WantedLink = {
  linkSessionId: string;
  state: string;
  companyId: string;
  /** Null or absent: the company's own page at Link. */
  connectionId?: string | null | undefined;
};

/** What the person who asked is told about each failure. */
export type LinkErrors = {
  /** Turns a failed call to Codat into the error to throw. */
  explain: (error: unknown) => unknown;
  deleted: ErrorKey;
  refused: ErrorKey;
  /** This kind of connection has no Link URL for anyone. */
  noLink: ErrorKey;
};

/**
 * A Link URL that Codat mints now, for one hand-off, with the `state` in it. The caller has checked
 * that it is for this person, passes it on once, and keeps it nowhere.
 * @throws AppError `not-found`, `not-ready`, `conflict`, `upstream-…`
 */
export async function mintLink(wanted: WantedLink, errors: LinkErrors): Promise<URL> {
  const { companyId, connectionId, linkSessionId, state } = wanted;
  const { links, snapshot } = await freshLinks(companyId, errors);
  const connection = snapshot.connections.find(({ id }) => id === connectionId);
  if (
    connection &&
    capabilitiesOf({ ...connection, way: wayOf(connection) }, 'ready').link === null
  ) {
    throw new AppError('conflict', errors.noLink);
  }
  const target = connectionId ? links.byConnection.get(connectionId) : links.company;
  if (!target) {
    throw new AppError('not-found', connectionId ? 'connectionGone' : 'codatUnavailable');
  }
  const url = checkedLink(target, linkSessionId, errors);
  url.searchParams.set('state', state);
  return url;
}

/** Asks Codat now: Link URLs may work once and expire, so none is ever kept. */
async function freshLinks(companyId: string, errors: LinkErrors): Promise<CompanyAnswer> {
  const ticket = await beginRead(getDb(), companyId);
  if (!ticket) throw new AppError('not-ready', 'companyNotReady');
  const answer = await readCompany(ticket, 'read', 'person').catch((error: unknown) => {
    throw errors.explain(error);
  });
  if (!answer) throw new AppError('conflict', errors.deleted);
  return answer;
}

/** @throws AppError when the URL is not on one of the origins that a person may be sent to. */
function checkedLink(target: string, linkSessionId: string, errors: LinkErrors): URL {
  const url = URL.canParse(target) ? new URL(target) : null;
  if (url && !url.username && getEnv().CODAT_LINK_ORIGINS.includes(url.origin)) return url;
  logger.error(
    { linkSessionId, origin: url?.origin ?? 'unreadable' },
    'refused a Link URL that is not on a permitted origin',
  );
  noteTrouble({ kind: 'link', origin: url?.origin ?? '?' });
  throw new AppError('upstream-refused', errors.refused);
}

/** Whether a Link URL carries a one-time password: `link.otp` on a company's, `otp` on a connection's. */
export function isOneTime(url: URL): boolean {
  return url.searchParams.has('link.otp') || url.searchParams.has('otp');
}
