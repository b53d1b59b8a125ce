import 'server-only';
import { cookies } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { after } from 'next/server';
import { cache } from 'react';
import { getDb } from '@/db/client';
import { type Actor, can, type Permission } from '@/lib/actor';
import { noteInLog } from '@/lib/runtime/logger';
import { openSession, sessionCookie } from './cookie';
import { hasEverBelonged, loadSession } from './load-actor';
import { touchSession } from './own-sessions';

/** Names the company a person with several is looking at. A preference, never a permission. */
export const companyCookieName = 'portal-company';

/** The use of a session is recorded at most this often. */
const noteUseEveryMs = 5 * 60_000;

/** The signed-in person of this request, or null. Asked of the database once a request. */
export const getActor = cache(async (): Promise<Actor | null> => {
  const sealed = (await cookies()).get(sessionCookie().name)?.value;
  const sessionId = sealed ? await openSession(sealed) : null;
  const session = sessionId ? await loadSession(getDb(), sessionId) : null;
  if (!sessionId || !session) return null;
  noteInLog({ actorId: session.actor.userId });
  if (Date.now() - session.lastSeenAt.getTime() > noteUseEveryMs) noteUse(sessionId);
  return session.actor;
});

/** Once the answer is out; a failure is not worth one. */
function noteUse(sessionId: string): void {
  after(() => touchSession(sessionId).catch(() => {}));
}

/** The signed-in person; others are sent to sign in and come back to `returnTo`. */
export async function requireActor(returnTo: string): Promise<Actor> {
  const actor = await getActor();
  if (!actor) redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
  return actor;
}

/** The signed-in person and the company they are looking at. */
export async function requireCompany(
  returnTo: string,
): Promise<{ actor: Actor; companyId: string }> {
  const actor = await requireActor(returnTo);
  const preferred = (await cookies()).get(companyCookieName)?.value;
  const company = actor.companies.find(({ id }) => id === preferred) ?? actor.companies[0];
  if (company) {
    noteInLog({ companyId: company.id });
    return { actor, companyId: company.id };
  }
  if (can(actor, 'companies:read')) redirect('/admin');
  // Who comes through the identity provider for the first time has not named a business yet.
  if (!(await hasEverBelonged(getDb(), actor))) redirect('/sign-up/business');
  notFound();
}

/**
 * A member of the operator's staff who holds the permission. Signed-out people are sent to sign
 * in and come back to `returnTo`; everyone else gets a 404.
 */
export async function requireOperator(
  returnTo: string,
  permission: Permission = 'companies:read',
): Promise<Actor> {
  const actor = await requireActor(returnTo);
  if (!can(actor, permission)) notFound();
  return actor;
}
