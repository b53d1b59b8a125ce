import 'server-only';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { companyReads } from '@/db/schema/sync';
import type { ConnectionSnapshot } from '@/lib/codat/transform';
import { applyConnectionEvent, type EventOutcome } from './apply-connection-event';
import { lockCompany } from './lock-company';
import { type NewsFromEvent, noteEvent } from './request-read';
import { rollUpCompanies } from './roll-up';

/** What a verified event says about a company known here. */
export type CompanyEvent = { generatedAt: Date | null; receivedAt: Date } & (
  | {
      kind: 'connection';
      webhookId: string;
      connection: ConnectionSnapshot;
      /** `connection.deleted`: `connection` is then its last state. */
      deleted: boolean;
    }
  /** A finished sync of these connections. */
  | { kind: 'read-completed'; connectionIds: string[] }
  /** The company was deleted at Codat. The read asked for confirms it. */
  | { kind: 'company-deleted' }
  /** Something has changed, and it does not say what. */
  | { kind: 'unclear' }
);

/**
 * Applies what an event says if it is newer than what we hold, and asks for a read, which is the
 * truth whatever order events came in. A `generatedDate` in the future counts as its arrival. Each
 * row is written once: connections, the company's list row if it differs, its reads.
 */
export async function applyEvent(tx: Tx, companyId: string, event: CompanyEvent): Promise<void> {
  await lockCompany(tx, companyId);
  const { applied, read } = await apply(tx, companyId, event, earlier(event));
  const news: NewsFromEvent = { eventAt: applied ? event.receivedAt : null, read };
  await noteEvent(tx, companyId, news);
}

async function apply(
  tx: Tx,
  companyId: string,
  event: CompanyEvent,
  occurredAt: Date,
): Promise<EventOutcome> {
  switch (event.kind) {
    case 'connection': {
      const readAt = await readAtOf(tx, companyId);
      return applyConnectionEvent(tx, { ...event, companyId, occurredAt, readAt });
    }
    case 'read-completed':
      await moveLastSync(tx, companyId, event.connectionIds, occurredAt);
      return { applied: false, read: 'later' };
    case 'company-deleted':
      await tx
        .update(companies)
        .set({ codatDeletedAt: occurredAt })
        .where(eq(companies.id, companyId));
      await rollUpCompanies(tx, [companyId]);
      return { applied: true, read: 'soon' };
    case 'unclear':
      return { applied: false, read: 'soon' };
  }
}

/** Locks the row, so that no read or sweep changes it meanwhile. */
async function readAtOf(tx: Tx, companyId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ readAt: companyReads.readAt })
    .from(companyReads)
    .where(eq(companyReads.companyId, companyId))
    .for('no key update');
  return row?.readAt ?? null;
}

/** Moves `lastSyncAt` forward until the next read tells it exactly. */
async function moveLastSync(
  tx: Tx,
  companyId: string,
  connectionIds: string[],
  finishedAt: Date,
): Promise<void> {
  if (connectionIds.length === 0) return;
  await tx
    .update(connections)
    .set({
      lastSyncAt: sql`greatest(${connections.lastSyncAt}, ${finishedAt.toISOString()}::timestamptz)`,
    })
    .where(and(inArray(connections.id, connectionIds), eq(connections.companyId, companyId)));
}

function earlier({ generatedAt, receivedAt }: CompanyEvent): Date {
  return generatedAt && generatedAt < receivedAt ? generatedAt : receivedAt;
}
