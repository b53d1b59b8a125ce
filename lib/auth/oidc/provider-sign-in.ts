import 'server-only';
import { and, eq, ne, or, sql } from 'drizzle-orm';
import { getDb, type Tx } from '@/db/client';
import { operatorRoles, userIdentities, users } from '@/db/schema/people';
import { getEnv } from '@/env';
import { recordAudit } from '@/lib/audit/record-audit';
import { endAllSessions } from '@/lib/auth/own-sessions';
import { emailSchema } from '@/lib/auth/schemas';
import { type NewSession, startSession } from '@/lib/auth/sign-in';
import { grantRole } from '@/lib/auth/staff/staff-invites';
import { AppError } from '@/lib/errors';
import { nameText } from '@/lib/name-text';
import { logger } from '@/lib/runtime/logger';
import type { RequestContext } from '@/lib/runtime/request-context';

/** What the provider says about a person, its signature checked. */
export type ProviderIdentity = {
  issuer: string;
  subject: string;
  email: string | null;
  /** Whether the provider vouches that the address is theirs. */
  emailVerified: boolean;
  name: string | null;
};

type Account = { id: string; email: string; emailVerifiedAt: Date | null; disabledAt: Date | null };

const account = {
  id: users.id,
  email: users.email,
  emailVerifiedAt: users.emailVerifiedAt,
  disabledAt: users.disabledAt,
};

/**
 * Starts a session for the person the provider recognized. They are known by issuer and subject;
 * a new person gets an account, or the one with their address if the provider vouches for it.
 * Proving an address voids any password, sessions and identities its account had before.
 * @throws AppError `not-allowed` (disabled, no address, or staff's without its word), `conflict` (an unproved known address).
 */
export async function signInWithProvider(
  identity: ProviderIdentity,
  context: RequestContext,
): Promise<NewSession> {
  return getDb().transaction(async (tx) => {
    // One at a time for one identity: a first sign-in in two tabs makes one account.
    const lock = `${identity.issuer} ${identity.subject}`;
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
    const email = emailSchema.safeParse(identity.email).data ?? null;
    const proved = identity.emailVerified ? email : null;
    const known = await findAccount(tx, identity);
    const user = known ?? (await adoptAccount(tx, identity, email, proved));
    if (user.disabledAt) throw new AppError('not-allowed', 'providerRefused');
    if (proved === user.email) await proveAddress(tx, user, identity, context);
    else await refuseUnprovedStaff(tx, user);
    await noteIdentity(tx, user, identity);
    return startSession(tx, user.id, context);
  });
}

async function findAccount(tx: Tx, { issuer, subject }: ProviderIdentity): Promise<Account | null> {
  const [user] = await tx
    .select(account)
    .from(userIdentities)
    .innerJoin(users, eq(users.id, userIdentities.userId))
    .where(and(eq(userIdentities.issuer, issuer), eq(userIdentities.subject, subject)))
    .for('update', { of: users });
  return user ?? null;
}

/** The account of a person who signs in this way for the first time: theirs by address, or a new one. */
async function adoptAccount(
  tx: Tx,
  identity: ProviderIdentity,
  email: string | null,
  proved: string | null,
): Promise<Account> {
  if (!email) throw new AppError('not-allowed', 'providerNoEmail');
  const [created] = await tx
    .insert(users)
    .values({ email, name: nameOf(identity, email) })
    .onConflictDoNothing({ target: users.email })
    .returning(account);
  if (created) return created;
  if (!proved) throw new AppError('conflict', 'providerEmailTaken');
  const [user] = await tx.select(account).from(users).where(eq(users.email, email)).for('update');
  if (!user) throw new AppError('conflict', 'providerFailed');
  // Proved before, but not by this identity: addresses change hands.
  return { ...user, emailVerifiedAt: null };
}

async function proveAddress(
  tx: Tx,
  user: Account,
  identity: ProviderIdentity,
  context: RequestContext,
): Promise<void> {
  if (!user.emailVerifiedAt) {
    await tx
      .update(users)
      .set({ passwordHash: null, emailVerifiedAt: sql`now()`, name: nameOf(identity, user.email) })
      .where(eq(users.id, user.id));
    await endAllSessions(tx, user.id);
    const { issuer, subject } = identity;
    const another = or(ne(userIdentities.issuer, issuer), ne(userIdentities.subject, subject));
    await tx.delete(userIdentities).where(and(eq(userIdentities.userId, user.id), another));
    logger.info({ actorId: user.id }, 'the identity provider verified an address');
  }
  if (!getEnv().ADMIN_EMAILS.includes(user.email)) return;
  const before = await grantRole(tx, user.id, 'admin');
  if (before === 'admin') return;
  await recordAudit(
    tx,
    { kind: 'system', name: 'ADMIN_EMAILS' },
    { action: 'staff.grant', subject: user.email, detail: { role: 'admin', before }, context },
  );
  logger.info({ actorId: user.id }, 'ADMIN_EMAILS made someone an admin');
}

/**
 * Somebody of ADMIN_EMAILS whose address the provider doesn't vouch for is no admin, and no customer
 * either: they would be asked to name a business, which Codat may bill.
 */
async function refuseUnprovedStaff(tx: Tx, { id, email }: Account): Promise<void> {
  if (!getEnv().ADMIN_EMAILS.includes(email)) return;
  const isStaff = await tx.$count(operatorRoles, eq(operatorRoles.userId, id));
  if (isStaff > 0) return;
  logger.warn(
    { actorId: id },
    'the identity provider sent no email_verified for an address in ADMIN_EMAILS, so it made no one an admin: use npm run admin:invite',
  );
  throw new AppError('not-allowed', 'providerUnverified');
}

async function noteIdentity(tx: Tx, user: Account, identity: ProviderIdentity): Promise<void> {
  const { issuer, subject } = identity;
  await tx
    .insert(userIdentities)
    .values({ issuer, subject, userId: user.id })
    .onConflictDoUpdate({
      target: [userIdentities.issuer, userIdentities.subject],
      set: { lastUsedAt: sql`now()` },
    });
}

function nameOf({ name }: ProviderIdentity, email: string): string {
  return nameText(name ?? '').slice(0, 100) || (email.split('@')[0] ?? email);
}
