import 'server-only';
import type { Route } from 'next';
import { cookies } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { after } from 'next/server';
import { cache } from 'react';
import { getDb } from '@/db/client';
import { type Actor, businessOf, can, isMember, type Permission } from '@/lib/actor';
import { noteInLog } from '@/lib/runtime/logger';
import { openSession, sessionCookie } from './cookie';
import { hasEverBelonged, loadSession } from './load-actor';
import { touchSession } from './own-sessions';

/** Names the company that a person with several chose last. A preference, never a permission. */
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

type Query = Record<string, string | string[] | undefined>;

/**
 * The signed-in person and the company that an address is about. Where they have several, an address
 * that names none leads to one that does (`?business=`), so that a tab stays with its business
 * whichever one another tab chooses.
 */
export async function requireCompany(
  path: '/connections' | '/connect' | '/account',
  query: Query,
): Promise<{ actor: Actor; companyId: string }> {
  const actor = await requireActor(addressOf(path, query));
  const named = query.business;
  if (typeof named === 'string' && !isMember(actor, named)) notFound();
  const companyId =
    typeof named === 'string' ? businessOf(actor, named) : await chosenCompany(actor);
  noteInLog({ companyId });
  if (named !== companyId && actor.companies.length > 1) {
    redirect(addressOf(path, { ...query, business: companyId }) as Route);
  }
  return { actor, companyId };
}

function addressOf(path: string, query: Query): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => {
    return typeof pair[1] === 'string';
  });
  return pairs.length > 0 ? `${path}?${new URLSearchParams(pairs)}` : path;
}

/** The company that a person has chosen last, or their first. */
async function chosenCompany(actor: Actor): Promise<string> {
  const chosen = (await cookies()).get(companyCookieName)?.value;
  const company = actor.companies.find(({ id }) => id === chosen) ?? actor.companies[0];
  if (company) return company.id;
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
