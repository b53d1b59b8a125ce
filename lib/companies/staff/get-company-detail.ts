import 'server-only';
import { and, asc, desc, eq, isNull, type SQL } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies, consents, memberships } from '@/db/schema/companies';
import { companyList } from '@/db/schema/company-list';
import { linkSessions } from '@/db/schema/connections';
import { users } from '@/db/schema/people';
import { companyReads } from '@/db/schema/sync';
import { webhookEvents } from '@/db/schema/webhooks';
import { type Actor, can } from '@/lib/actor';
import { ownTags } from '@/lib/codat/tags';
import { companySetup, freshness } from '@/lib/companies/company-setup';
import type { Attention, CompanySetup } from '@/lib/companies/types';
import { isUuid } from '@/lib/storable-text';
import type { StaffCompany } from './staff-company';

const listLimit = 50;
/** Of what the timeline shows in full. */
const newest = 5;

export type Relative = { id: string; name: string; attention: Attention };

export type CompanyDetail = {
  id: string;
  name: string;
  codatCompanyId: string | null;
  /** `sign_up`, `staff` (made for a customer without an account) or `codat` (found there). */
  origin: string;
  ignored: boolean;
  /** What staff wrote as its description in Codat's portal. */
  note: string | null;
  /** The company above it, known here. */
  parent: Relative | null;
  /** The companies right below it that Codat still has. */
  subsidiaries: Relative[];
  /** All but our own id. */
  tags: Record<string, string>;
  setup: CompanySetup;
  /** Key under `errors` for staff when setup is blocked or failing; null otherwise. */
  setupProblemKey: string | null;
  /** Codat's own words about it. */
  setupSaid: string | null;
  attention: Attention;
  attentionSince: string | null;
  createdAt: string;
  knownAt: string | null;
  stale: boolean;
  people: { id: string; name: string; email: string; role: string; since: string }[];
  /** The newest; all are in the webhooks page. */
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

/** What staff see of one company beside its connections; null when it does not exist or they may not look. */
export async function getCompanyDetail(
  actor: Actor,
  companyId: string,
): Promise<CompanyDetail | null> {
  if (!can(actor, 'companies:read') || !isUuid(companyId)) return null;
  const [row] = await getDb()
    .select({
      company: companies,
      attention: companyList.attention,
      attentionSince: companyList.attentionSince,
      readAt: companyReads.readAt,
      eventAt: companyReads.eventAt,
    })
    .from(companies)
    .innerJoin(companyList, eq(companyList.companyId, companies.id))
    .innerJoin(companyReads, eq(companyReads.companyId, companies.id))
    .where(eq(companies.id, companyId));
  if (!row) return null;
  const { company, attention, attentionSince, ...times } = row;
  const [people, webhooks, ways, receipts, parent, subsidiaries] = await Promise.all([
    listPeople(companyId),
    listWebhooks(company.codatCompanyId),
    listLinkSessions(companyId),
    listConsents(companyId),
    listRelatives(eq(companies.codatCompanyId, company.codatParentId ?? '')),
    listRelatives(
      and(
        eq(companies.codatParentId, company.codatCompanyId ?? ''),
        isNull(companies.codatDeletedAt),
      ),
    ),
  ]);
  return {
    id: company.id,
    name: company.name,
    codatCompanyId: company.codatCompanyId,
    origin: company.origin,
    ignored: company.ignoredAt !== null,
    note: company.codatDescription,
    parent: parent[0] ?? null,
    subsidiaries,
    tags: ownTags(company.tags),
    setup: companySetup(company),
    setupProblemKey: company.provisionProblem,
    setupSaid: company.provisionSaid,
    attention,
    attentionSince: attentionSince.toISOString(),
    createdAt: company.createdAt.toISOString(),
    ...freshness({ ...company, ...times }),
    people,
    webhooks,
    linkSessions: ways,
    consents: receipts,
  };
}

async function listRelatives(where: SQL | undefined): Promise<Relative[]> {
  return getDb()
    .select({ id: companies.id, name: companies.name, attention: companyList.attention })
    .from(companies)
    .innerJoin(companyList, eq(companyList.companyId, companies.id))
    .where(where)
    .orderBy(asc(companies.name), asc(companies.id))
    .limit(listLimit);
}

/** Names of the companies that Codat deletes with this one. */
export async function listDeletedWith(
  company: Pick<StaffCompany, 'codatCompanyId'>,
): Promise<string[]> {
  if (!company.codatCompanyId) return [];
  const below = eq(companies.codatParentId, company.codatCompanyId);
  return (await listRelatives(and(below, isNull(companies.codatDeletedAt)))).map(
    ({ name }) => name,
  );
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
    returnedAt: row.returnedAt?.toISOString() ?? null,
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
