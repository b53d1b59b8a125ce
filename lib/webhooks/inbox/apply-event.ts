import 'server-only';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { toConnectionSnapshot } from '@/lib/codat/transform';
import { logger } from '@/lib/runtime/logger';
import { applyEvent as applyToCompany, type CompanyEvent } from '@/lib/sync/apply-event';
import { z } from '@/lib/zod';
import { companyEvents, connectionEvents, isReadEvent, quotaEvents } from './event-types';
import { readOutcomes } from './read-outcomes';
import { noteUnknown } from './unknown-companies';

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

/** What becomes of an event that is about `companyId`; null: no company known here. */
export async function applyEvent(
  tx: Tx,
  event: StoredEvent,
  companyId: string | null,
): Promise<'processed' | 'ignored' | 'unmatched'> {
  if (quotaEvents.includes(event.eventType)) {
    logger.warn({ eventType: event.eventType }, 'Codat announced a change of the daily quota');
    return 'processed';
  }
  if (!isAboutCompany(event)) return 'ignored';
  if (!companyId) {
    const { codatCompanyId, eventType } = event;
    const mayExist = codatCompanyId && eventType !== 'company.deleted';
    if (mayExist) await noteUnknown(tx, codatCompanyId);
    return 'unmatched';
  }
  const said = readEvent(event);
  if (said) await applyToCompany(tx, companyId, said);
  return 'processed';
}

function isAboutCompany({ eventType }: StoredEvent): boolean {
  return [...connectionEvents, ...companyEvents].includes(eventType) || isReadEvent(eventType);
}

/** Locks the company that an event is about. @returns its id; null when there is none. */
export async function holdCompany(tx: Tx, event: StoredEvent): Promise<string | null> {
  if (!event.codatCompanyId || !isAboutCompany(event)) return null;
  const [company] = await tx
    .select({ id: companies.id })
    .from(companies)
    .where(eq(companies.codatCompanyId, event.codatCompanyId))
    .for('no key update');
  return company?.id ?? null;
}

/** What an event says about its company; null when that it exists is all. */
function readEvent(event: StoredEvent): CompanyEvent | null {
  const { eventType, payload, webhookId, generatedAt, receivedAt, token } = event;
  const times = { generatedAt, receivedAt, token };
  if (eventType === 'company.deleted') return { ...times, kind: 'company-deleted' };
  if (companyEvents.includes(eventType)) return null;
  if (isReadEvent(eventType)) {
    return { ...times, kind: 'read-completed', webhookId, outcomes: readOutcomes(payload) };
  }
  const connection = connectionOf(payload);
  // Without a usable connection the event still says that something changed.
  if (!connection) return { ...times, kind: 'unclear' };
  const deleted = eventType === 'connection.deleted';
  return { ...times, kind: 'connection', webhookId, connection, deleted };
}

const withConnection = z.object({ payload: z.object({ connection: z.unknown() }) });

function connectionOf(body: Record<string, unknown>) {
  return toConnectionSnapshot(withConnection.safeParse(body).data?.payload.connection);
}
