import 'server-only';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { toConnectionSnapshot } from '@/lib/codat/transform';
import { logger } from '@/lib/runtime/logger';
import { applyEvent as applyToCompany, type CompanyEvent } from '@/lib/sync/apply-event';
import { z } from '@/lib/zod';
import { companyEvents, connectionEvents, quotaEvents, readEvents } from './event-types';

export type StoredEvent = {
  id: number;
  webhookId: string;
  eventType: string;
  codatCompanyId: string | null;
  generatedAt: Date | null;
  receivedAt: Date;
  /** Taken on arrival; null of one that came to a release that took none. */
  token: number | null;
  payload: Record<string, unknown>;
};

type Applied = { state: 'processed' | 'ignored' | 'unmatched'; companyId: string | null };

/** Applies one stored event to the company it is about. */
export async function applyEvent(tx: Tx, event: StoredEvent): Promise<Applied> {
  if (quotaEvents.includes(event.eventType)) {
    logger.warn({ eventType: event.eventType }, 'Codat announced a change of the daily quota');
    return { state: 'processed', companyId: null };
  }
  if (![...connectionEvents, ...companyEvents, ...readEvents].includes(event.eventType)) {
    return { state: 'ignored', companyId: null };
  }
  const companyId = await findCompany(tx, event.codatCompanyId);
  if (!companyId) return { state: 'unmatched', companyId: null };
  const said = readEvent(event);
  if (said) await applyToCompany(tx, companyId, said);
  return { state: 'processed', companyId };
}

/** What an event says about its company; null when that it exists is all. */
function readEvent(event: StoredEvent): CompanyEvent | null {
  const { eventType, payload, webhookId, generatedAt, receivedAt, token } = event;
  const times = { generatedAt, receivedAt, token };
  if (eventType === 'company.deleted') return { ...times, kind: 'company-deleted' };
  if (companyEvents.includes(eventType)) return null;
  if (readEvents.includes(eventType)) {
    return { ...times, kind: 'read-completed', connectionIds: syncedConnections(payload) };
  }
  const connection = connectionOf(payload);
  // Without a usable connection the event still says that something changed.
  if (!connection) return { ...times, kind: 'unclear' };
  const deleted = eventType === 'connection.deleted';
  return { ...times, kind: 'connection', webhookId, connection, deleted };
}

async function findCompany(tx: Tx, codatCompanyId: string | null): Promise<string | null> {
  if (!codatCompanyId) return null;
  const [company] = await tx
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.codatCompanyId, codatCompanyId));
  return company?.id ?? null;
}

const withConnection = z.object({ payload: z.object({ connection: z.unknown() }) });

function connectionOf(body: Record<string, unknown>) {
  return toConnectionSnapshot(withConnection.safeParse(body).data?.payload.connection);
}

const withDataTypes = z.object({ payload: z.object({ dataTypes: z.array(z.unknown()) }) });
const syncedDataType = z.object({ connectionId: z.string(), status: z.literal('Complete') });

function syncedConnections(body: Record<string, unknown>): string[] {
  const items = withDataTypes.safeParse(body).data?.payload.dataTypes ?? [];
  const ids = items.map((item) => syncedDataType.safeParse(item).data?.connectionId);
  return [...new Set(ids.filter((id) => id !== undefined))];
}
