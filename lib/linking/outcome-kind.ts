import type { CompanySetup } from '@/lib/companies/types';
import type { LinkOutcomeKind } from './schemas';

/** What is known of a visit to Hosted Link once the person is back. */
export type WayBack = {
  /** What the query claimed; null when it claimed nothing. */
  statusCode: string | null;
  setup: CompanySetup;
  /** The state of the connection it was about, as lists show it; null when we know of none. */
  status: string | null;
  /** Whether Codat's word on it may still come. */
  mayCome: boolean;
};

/**
 * How a visit ended: by Codat's status code, unless what we hold of the connection says otherwise.
 * The query on its own never makes anything connected, and never denies that it is.
 */
export function outcomeKind({ statusCode, setup, status, mayCome }: WayBack): LinkOutcomeKind {
  if (setup !== 'ready') return 'closed';
  const isLinked = status === 'Linked';
  switch (statusCode) {
    case '200':
      if (isLinked) return 'connected';
      // A sign-in alone does not make data come again.
      if (status === 'stopped') return 'signedIn';
      if (mayCome) return 'unconfirmed';
      return status === null ? 'unknown' : 'listed';
    case '201':
      return 'unchanged';
    case '403':
      return isLinked ? 'stillConnected' : 'cancelled';
    case '501':
      return isLinked ? 'connectedAnyway' : 'unsupported';
    case null:
      return isLinked ? 'connectedAnyway' : 'unknown';
    default:
      return isLinked ? 'connectedAnyway' : 'failed';
  }
}

/** Codat's confirmation comes within seconds; after this time nobody is told to wait for it. */
const confirmationMs = 2 * 60_000;

/** Whether news of a visit may still come: not long after it, nor once the connection has changed. */
export function mayStillCome(returnedAt: Date, changedAt: string | null, now: Date): boolean {
  if (now.getTime() - returnedAt.getTime() > confirmationMs) return false;
  return changedAt === null || new Date(changedAt) <= returnedAt;
}
