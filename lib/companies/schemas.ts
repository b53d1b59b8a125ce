import { z } from 'zod';
import type {
  Attention,
  CompanySetup,
  ConnectionHistoryEntry,
  ConnectionSummary,
} from '@/lib/connections/schemas';
import { attentionStates } from '@/lib/connections/schemas';
import { storableText } from '@/lib/storable-text';

/** Search state of `/admin/companies`, as it stands in the URL. Unknown values fall back. */
export const companyListSchema = z.object({
  q: z.string().trim().max(200).transform(storableText).catch('').default(''),
  status: z.enum(attentionStates).optional().catch(undefined),
  /** Opaque keyset cursors; at most one is set. */
  after: z.string().max(200).optional().catch(undefined),
  before: z.string().max(200).optional().catch(undefined),
});

export type CompanyListInput = z.infer<typeof companyListSchema>;

export type CompanyListRow = {
  id: string;
  name: string;
  ownerEmail: string | null;
  setup: CompanySetup;
  attention: Attention;
  attentionSince: string | null;
  /** Platform names with their status, at most a handful; `connectionCount` is the whole. */
  connections: { id: string; platformName: string; status: string }[];
  connectionCount: number;
  createdAt: string;
  knownAt: string | null;
};

export type CompanyListPage = {
  rows: CompanyListRow[];
  after: string | null;
  before: string | null;
  counts: { attention: Attention; count: number }[];
};

export type CompanyDetail = {
  id: string;
  name: string;
  codatCompanyId: string | null;
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
  history: (ConnectionHistoryEntry & { connectionId: string; platformName: string })[];
  linkSessions: {
    id: string;
    startedAt: string;
    startedBy: string | null;
    returnedAt: string | null;
    statusCode: string | null;
  }[];
  consents: { id: string; acceptedAt: string; byName: string | null; textVersion: string }[];
};
