import 'server-only';
import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies, consents, memberships } from '@/db/schema/companies';
import { connections, linkSessions } from '@/db/schema/connections';
import { users } from '@/db/schema/people';
import { webhookEvents } from '@/db/schema/webhooks';
import { type Actor, can } from '@/lib/auth/actor';
import { ownTags } from '@/lib/codat/tags';
import type { Attention } from '@/lib/connections/schemas';
import { companySetup, connectionFields, freshness, iso, toSummary } from '@/lib/connections/view';
import { isUuid } from '@/lib/uuid';
import type { CompanyDetail } from './schemas';

const listLimit = 50;
/** Of what the timeline shows in full. */
const newest = 5;

/** Everything staff see of one company; null when it does not exist or they may not look. */
export async function getCompanyDetail(
  actor: Actor,
  companyId: string,
): Promise<CompanyDetail | null> {
  if (!can(actor, 'companies:read') || !isUuid(companyId)) return null;
  const [company] = await getDb().select().from(companies).where(eq(companies.id, companyId));
  if (!company) return null;
  const [allConnections, people, webhooks, ways, receipts] = await Promise.all([
    listAllConnections(companyId),
    listPeople(companyId),
    listWebhooks(company.codatCompanyId),
    listLinkSessions(companyId),
    listConsents(companyId),
  ]);
  return {
    id: company.id,
    name: company.name,
    codatCompanyId: company.codatCompanyId,
    origin: company.origin,
    ignored: company.ignoredAt !== null,
    tags: ownTags(company.tags),
    setup: companySetup(company),
    setupProblemKey: company.provisionProblem,
    attention: company.attention as Attention,
    attentionSince: iso(company.attentionSince),
    createdAt: company.createdAt.toISOString(),
    ...freshness(company),
    people,
    connections: allConnections.filter(({ removed }) => !removed).map(({ summary }) => summary),
    removedConnections: allConnections
      .filter(({ removed }) => removed)
      .map(({ summary }) => summary),
    webhooks,
    linkSessions: ways,
    consents: receipts,
  };
}

async function listAllConnections(companyId: string) {
  const rows = await getDb()
    .select({ ...connectionFields, removedAt: connections.removedAt })
    .from(connections)
    .where(eq(connections.companyId, companyId))
    .orderBy(asc(connections.codatCreatedAt), asc(connections.id))
    .limit(500);
  return rows.map((row) => ({ removed: row.removedAt !== null, summary: toSummary(row) }));
}

async function listPeople(companyId: string): Promise<CompanyDetail['people']> {
  const rows = await getDb()
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      role: memberships.role,
      since: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.companyId, companyId), isNull(memberships.removedAt)))
    .orderBy(asc(memberships.createdAt))
    .limit(listLimit);
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

async function listWebhooks(codatCompanyId: string | null): Promise<CompanyDetail['webhooks']> {
  if (!codatCompanyId) return [];
  const rows = await getDb()
    .select({
      id: webhookEvents.id,
      eventType: webhookEvents.eventType,
      state: webhookEvents.state,
      receivedAt: webhookEvents.receivedAt,
    })
    .from(webhookEvents)
    .where(eq(webhookEvents.codatCompanyId, codatCompanyId))
    .orderBy(desc(webhookEvents.id))
    .limit(5);
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }));
}

async function listLinkSessions(companyId: string): Promise<CompanyDetail['linkSessions']> {
  const rows = await getDb()
    .select({
      id: linkSessions.id,
      startedAt: linkSessions.startedAt,
      startedBy: users.name,
      startedAs: linkSessions.startedAs,
      returnedAt: linkSessions.returnedAt,
      statusCode: linkSessions.statusCode,
    })
    .from(linkSessions)
    .leftJoin(users, eq(users.id, linkSessions.userId))
    .where(eq(linkSessions.companyId, companyId))
    .orderBy(desc(linkSessions.startedAt))
    .limit(newest);
  return rows.map(({ startedAs, ...row }) => ({
    ...row,
    copied: startedAs === 'staff',
    startedAt: row.startedAt.toISOString(),
    returnedAt: iso(row.returnedAt),
  }));
}

async function listConsents(companyId: string): Promise<CompanyDetail['consents']> {
  const rows = await getDb()
    .select({
      id: consents.id,
      acceptedAt: consents.acceptedAt,
      byName: users.name,
      textVersion: consents.textVersion,
    })
    .from(consents)
    .leftJoin(users, eq(users.id, consents.userId))
    .where(eq(consents.companyId, companyId))
    .orderBy(desc(consents.acceptedAt))
    .limit(newest);
  return rows.map((row) => ({ ...row, acceptedAt: row.acceptedAt.toISOString() }));
}
