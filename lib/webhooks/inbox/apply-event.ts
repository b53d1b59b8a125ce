import 'server-only';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { toConnectionSnapshot } from '@/lib/codat/transform';
import { logger } from '@/lib/runtime/logger';
import {
  applyCompanyDeleted,
  applyConnectionEvent,
  applyReadCompleted,
} from '@/lib/sync/apply-event';
import { readDelayMs, requestRead } from '@/lib/sync/request-read';
import { z } from '@/lib/zod';
import { companyEvents, connectionEvents, quotaEvents, readEvents } from './event-types';

export type StoredEvent = {
  id: number;
  webhookId: string;
  eventType: string;
  codatCompanyId: string | null;
  generatedAt: Date | null;
  receivedAt: Date;
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
  const about = { companyId, generatedAt: event.generatedAt, receivedAt: event.receivedAt };

  if (event.eventType === 'company.deleted') await applyCompanyDeleted(tx, about);
  if (readEvents.includes(event.eventType)) {
    await applyReadCompleted(tx, { ...about, connectionIds: syncedConnections(event.payload) });
  }
  if (connectionEvents.includes(event.eventType)) {
    const connection = connectionOf(event.payload);
    // Without a usable connection the event still says that something changed.
    if (!connection) await requestRead(tx, companyId, readDelayMs.soon);
    else {
      const deleted = event.eventType === 'connection.deleted';
      await applyConnectionEvent(tx, { ...about, webhookId: event.webhookId, connection, deleted });
    }
  }
  return { state: 'processed', companyId };
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
