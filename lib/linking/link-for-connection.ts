import { type ConnectionSummary, knownStatus } from '@/lib/connections/types';

/** SageBankFeed. Codat's bank feeds guide: its `linkUrl` must not be sent to users. */
const neverSent = ['olpr'];

/**
 * Why a connection's own Link URL is not for sending, or null when it is: it finishes or renews the
 * connection, so one that works has no use for it.
 */
export function whyNoLink(
  connection: Pick<ConnectionSummary, 'platformKey' | 'status'>,
): 'linkNotForThis' | 'linkNotNeeded' | null {
  if (neverSent.includes(connection.platformKey ?? '')) return 'linkNotForThis';
  return knownStatus(connection.status) === 'Linked' ? 'linkNotNeeded' : null;
}
