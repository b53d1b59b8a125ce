import type { Attention, CompanySetup, ConnectionSummary } from '@/lib/connections/schemas';

export type CompanyDetail = {
  id: string;
  name: string;
  codatCompanyId: string | null;
  /** `sign_up`, `staff` (made for a customer without an account) or `codat` (found there). */
  origin: string;
  ignored: boolean;
  /** All but our own id. */
  tags: Record<string, string>;
  setup: CompanySetup;
  /** Key under `errors` for staff when set-up is blocked or failing; null otherwise. */
  setupProblemKey: string | null;
  attention: Attention;
  attentionSince: string | null;
  createdAt: string;
  knownAt: string | null;
  stale: boolean;
  people: { id: string; name: string; email: string; role: string; since: string }[];
  connections: ConnectionSummary[];
  removedConnections: ConnectionSummary[];
  /** The newest; all are in the webhook room. */
  webhooks: { id: number; eventType: string; state: string; receivedAt: string }[];
  linkSessions: {
    id: string;
    startedAt: string;
    startedBy: string | null;
    /** By a link that staff copied; `startedBy` then is who copied it. */
    copied: boolean;
    returnedAt: string | null;
    statusCode: string | null;
  }[];
  consents: { id: string; acceptedAt: string; byName: string | null; textVersion: string }[];
};
