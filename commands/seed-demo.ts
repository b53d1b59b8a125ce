import { and, eq, isNull, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { operatorRoles, users } from '@/db/schema/people';
import { getEnv } from '@/env';
import { hashPassword } from '@/lib/auth/password';
import { createCompany, getCompany } from '@/lib/codat/companies';
import { refreshIntegrations } from '@/lib/codat/platforms/integrations';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import { adoptCompany } from '@/lib/sync/adopt-company';
import { rollUpCompanies } from '@/lib/sync/roll-up';
import {
  type DemoBusiness,
  demoBusinesses,
  demoPassword,
  foundBusiness,
} from './demo-data/businesses';
import { requireMarkedDatabase } from './demo-data/require-marked-database';
import { runCommand } from './printing/run-command';

/**
 * Fills a database of our own making with demo logins and, through the local Codat, a few businesses
 * in every status. Running it again changes nothing.
 */
async function seed(): Promise<void> {
  await requireMarkedDatabase();
  const passwordHash = await hashPassword(demoPassword);
  const adminId = await ensureUser('admin@example.com', 'Robin Ashworth', passwordHash);
  await getDb()
    .insert(operatorRoles)
    .values({ userId: adminId, role: 'admin' })
    .onConflictDoNothing();
  if (!usesLocalCodat()) {
    console.log('CODAT_API_URL isn’t the local Codat, so no demo businesses are created there.');
    return;
  }
  await refreshIntegrations();
  for (const business of demoBusinesses) await seedBusiness(business, passwordHash);
  await seedFoundBusiness();
  await untilWebhooksArrived();
}

function usesLocalCodat(): boolean {
  const { SANDBOX_URL, CODAT_API_URL } = getEnv();
  return SANDBOX_URL !== undefined && new URL(SANDBOX_URL).origin === new URL(CODAT_API_URL).origin;
}

async function ensureUser(email: string, name: string, passwordHash: string): Promise<string> {
  const db = getDb();
  await db.insert(users).values({ email, name, passwordHash }).onConflictDoNothing();
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
  if (!user) throw new Error(`no user ${email}`);
  return user.id;
}

async function seedBusiness(business: DemoBusiness, passwordHash: string): Promise<void> {
  const userId = await ensureUser(business.email, business.owner, passwordHash);
  const companyId = await ensureCompany(userId, business.name);
  if ((await provisionCompany(companyId)) === 'failed') {
    throw new Error(`${business.name} couldn’t be set up at the local Codat`);
  }
  const [company] = await getDb()
    .select({ codatCompanyId: companies.codatCompanyId })
    .from(companies)
    .where(eq(companies.id, companyId));
  const codatCompanyId = company?.codatCompanyId ?? '';
  const { snapshot } = await getCompany(codatCompanyId);
  if (snapshot.connections.length > 0) return;
  for (const connection of business.connections) await addConnection(codatCompanyId, connection);
}

/** As if someone had used the client's invite link, and the sweep had just found the company. */
async function seedFoundBusiness(): Promise<void> {
  const { name, tags, connections: own } = foundBusiness;
  const db = getDb();
  const known = await db.$count(companies, eq(companies.origin, 'codat'));
  if (known > 0) return;
  const body = { name, description: name, tags };
  const { snapshot } = await createCompany(body, `demo ${name}`);
  await db.transaction(async (tx) => {
    const adopted = await adoptCompany(tx, snapshot);
    if (adopted) await rollUpCompanies(tx, [adopted.companyId]);
  });
  for (const connection of own) await addConnection(snapshot.codatCompanyId, connection);
}

/** Through the control panel's API: as if the customer had done it at Hosted Link. */
async function addConnection(
  codatCompanyId: string,
  connection: DemoBusiness['connections'][number],
): Promise<void> {
  const url = `${getEnv().SANDBOX_URL}/_sandbox/api/companies/${codatCompanyId}/connections`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(connection),
  });
  if (!response.ok) throw new Error(`the local Codat refused a connection: ${response.status}`);
}

async function ensureCompany(userId: string, name: string): Promise<string> {
  const db = getDb();
  const [known] = await db
    .select({ companyId: memberships.companyId })
    .from(memberships)
    .where(eq(memberships.userId, userId));
  if (known) return known.companyId;
  return db.transaction(async (tx) => {
    const companyId = crypto.randomUUID();
    await tx.insert(companies).values({ id: companyId, name });
    await tx.insert(memberships).values({ companyId, userId, role: 'owner' });
    await rollUpCompanies(tx, [companyId]);
    return companyId;
  });
}

/** The portal learns of the connections by webhook, as always; the demo is ready when it has. */
async function untilWebhooksArrived(): Promise<void> {
  const businesses = [...demoBusinesses, foundBusiness];
  const wanted = businesses.reduce((sum, { connections: own }) => sum + own.length, 0);
  for (let tries = 0; tries < 100; tries += 1) {
    const [row] = await getDb()
      .select({ known: sql<number>`count(*)::int` })
      .from(connections)
      .where(and(isNull(connections.removedAt), sql`${connections.eventAt} is not null`));
    if ((row?.known ?? 0) >= wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

await runCommand(seed);
