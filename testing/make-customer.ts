import { eq } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { operatorRoles, sessions, users } from '@/db/schema/people';
import type { Actor, OperatorRole } from '@/lib/actor';
import { loadActor } from '@/lib/auth/load-actor';
import { provisionCompany } from '@/lib/companies/provision/provision-company';
import type { RequestContext } from '@/lib/runtime/request-context';
import { type CompanyValues, insertCompany } from './company-rows';

export const noContext: RequestContext = { requestId: 'test', ipAddress: null, userAgent: null };

async function makePerson(): Promise<{ userId: string; sessionId: string }> {
  const db = getDb();
  const [userId, sessionId] = [crypto.randomUUID(), crypto.randomUUID()];
  await db
    .insert(users)
    .values({ id: userId, email: `${userId}@example.com`, name: 'Test Person' });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db.insert(sessions).values({ id: sessionId, userId, expiresAt });
  return { userId, sessionId };
}

async function requireLoaded(sessionId: string): Promise<Actor> {
  const actor = await loadActor(getDb(), sessionId);
  if (!actor) throw new Error('no actor');
  return actor;
}

/** A signed-in owner with a company of their own, known at Codat under `codatCompanyId`. */
export async function makeCustomer(
  values: CompanyValues = {},
): Promise<{ actor: Actor; companyId: string; codatCompanyId: string }> {
  const { userId, sessionId } = await makePerson();
  const companyId = crypto.randomUUID();
  const codatCompanyId = crypto.randomUUID();
  await insertCompany({ id: companyId, codatCompanyId, ...values }, userId);
  return { actor: await requireLoaded(sessionId), companyId, codatCompanyId };
}

/** The same, and really set up at the local Codat. */
export async function makeCompanyAtCodat(
  values: CompanyValues = {},
): Promise<{ actor: Actor; companyId: string; codatCompanyId: string }> {
  const customer = await makeCustomer({ ...values, codatCompanyId: null });
  if ((await provisionCompany(customer.companyId)) !== 'ready') throw new Error('not set up');
  const [row] = await getDb()
    .select({ codatCompanyId: companies.codatCompanyId })
    .from(companies)
    .where(eq(companies.id, customer.companyId));
  return { ...customer, codatCompanyId: row?.codatCompanyId ?? '' };
}

/** A signed-in member of the operator's staff. */
export async function makeOperator(role: OperatorRole): Promise<Actor> {
  const { userId, sessionId } = await makePerson();
  await getDb().insert(operatorRoles).values({ userId, role });
  return requireLoaded(sessionId);
}
