import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { companyReads } from '@/db/schema/sync';
import type { ConnectionSnapshot } from '@/lib/codat/transform';
import {
  applyConnectionEvent,
  type EventOrder,
  type EventOutcome,
  type Reads,
} from './apply-connection-event';
import { applyReadOutcomes, type ReadOutcome } from './apply-read-outcomes';
import { lockCompany } from './lock-company';
import { takeToken } from './read-ticket';
import { type NewsFromEvent, noteEvent } from './request-read';
import { rollUpCompanies } from './roll-up';

/**
 * What a verified event says about a company known here. `token` was taken when it arrived; without one
 * it counts as arriving now.
 */
export type CompanyEvent = {
  generatedAt: Date | null;
  receivedAt: Date;
  token?: number | null;
} & (
  | {
      kind: 'connection';
      webhookId: string;
      connection: ConnectionSnapshot;
      /** `connection.deleted`: `connection` is then its last state. */
      deleted: boolean;
    }
  /** A finished read: what it came to for each connection. */
  | { kind: 'read-completed'; webhookId: string; outcomes: ReadOutcome[] }
  /** The company was deleted at Codat. The read asked for confirms it. */
  | { kind: 'company-deleted' }
  /** Something has changed, and it does not say what. */
  | { kind: 'unclear' }
);

/**
 * Applies what an event says if it is newer than what we hold, and asks for a read, which is the
 * truth whatever order events came in. Each row is written once: connections, the company's list row
 * if it differs, its reads.
 */
export async function applyEvent(tx: Tx, companyId: string, event: CompanyEvent): Promise<void> {
  await lockCompany(tx, companyId);
  const order = await orderOf(tx, event);
  const { applied, read } = await apply(tx, companyId, event, order);
  const news: NewsFromEvent = { eventAt: applied ? event.receivedAt : null, read };
  if (applied && event.kind === 'company-deleted') news.token = order.token;
  await noteEvent(tx, companyId, news);
}

async function apply(
  tx: Tx,
  companyId: string,
  event: CompanyEvent,
  order: EventOrder,
): Promise<EventOutcome> {
  switch (event.kind) {
    case 'connection': {
      const reads = await lockReads(tx, companyId);
      return applyConnectionEvent(tx, { ...event, ...order, companyId }, reads);
    }
    case 'read-completed':
      await applyReadOutcomes(tx, companyId, event, order.occurredAt);
      return { applied: false, read: 'later' };
    case 'company-deleted':
      return { applied: await noteDeleted(tx, companyId, order), read: 'soon' };
    case 'unclear':
      return { applied: false, read: 'soon' };
  }
}

/** Locks the row, so that no read or sweep changes it meanwhile. */
async function lockReads(tx: Tx, companyId: string): Promise<Reads> {
  const [row] = await tx
    .select({ readApplied: companyReads.readApplied, readAt: companyReads.readAt })
    .from(companyReads)
    .where(eq(companyReads.companyId, companyId))
    .for('no key update');
  return row ?? { readApplied: 0, readAt: null };
}

/** @returns false when a read that began after the event arrived knows better, or it is known. */
async function noteDeleted(tx: Tx, companyId: string, order: EventOrder): Promise<boolean> {
  const { readApplied } = await lockReads(tx, companyId);
  if (order.token < readApplied) return false;
  const [deleted] = await tx
    .update(companies)
    .set({ codatDeletedAt: order.occurredAt })
    .where(and(eq(companies.id, companyId), isNull(companies.codatDeletedAt)))
    .returning({ id: companies.id });
  if (deleted) await rollUpCompanies(tx, [companyId]);
  return deleted !== undefined;
}

/** Codat's clock may be ahead of ours by so much; a later date counts as the event's arrival. */
const aheadMs = 15 * 60_000;

async function orderOf(tx: Tx, event: CompanyEvent): Promise<EventOrder> {
  const { generatedAt, receivedAt } = event;
  const said = generatedAt ?? receivedAt;
  const isBelievable = said.getTime() - receivedAt.getTime() <= aheadMs;
  return {
    token: event.token ?? (await takeToken(tx)),
    orderedAt: isBelievable ? said : receivedAt,
    occurredAt: new Date(Math.min(said.getTime(), receivedAt.getTime())),
  };
}
