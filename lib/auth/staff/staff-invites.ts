import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { getDb, type Tx } from '@/db/client';
import { operatorRoles, staffInvites, userIdentities, users } from '@/db/schema/people';
import type { OperatorRole } from '@/lib/actor';
import { type AuditActor, recordAudit } from '@/lib/audit/record-audit';
import { endAllSessions } from '@/lib/auth/own-sessions';
import { hashPassword, isCommonPassword } from '@/lib/auth/password';
import type { acceptInviteSchema } from '@/lib/auth/schemas';
import { type NewSession, startSession } from '@/lib/auth/sign-in';
import { countTry } from '@/lib/auth/throttle';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { z } from '@/lib/zod';

const lifetimeMs = 7 * 24 * 60 * 60 * 1000;

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Stores an invitation to the operator's staff. @returns the token of its link, kept nowhere. */
export async function createStaffInvite(
  by: AuditActor,
  email: string,
  role: OperatorRole,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + lifetimeMs);
  await getDb().transaction(async (tx) => {
    await tx.insert(staffInvites).values({ email, role, tokenHash: hashToken(token), expiresAt });
    await recordAudit(tx, by, { action: 'staff.invite', subject: email, detail: { role } });
  });
  return token;
}

/** Voids the open invitations of an address. @returns how many there were. */
export async function voidStaffInvites(tx: Tx, email: string): Promise<number> {
  const open = and(
    eq(staffInvites.email, email),
    isNull(staffInvites.usedAt),
    gt(staffInvites.expiresAt, sql`now()`),
  );
  const voided = await tx
    .update(staffInvites)
    .set({ expiresAt: sql`now()` })
    .where(open)
    .returning({ id: staffInvites.id });
  return voided.length;
}

/** The address an open invitation is bound to; null for a used, expired or unknown token. */
export async function findStaffInvite(token: string): Promise<{ email: string } | null> {
  const [invite] = await getDb()
    .select({ email: staffInvites.email })
    .from(staffInvites)
    .where(isOpen(token));
  return invite ?? null;
}

function isOpen(token: string) {
  return and(
    eq(staffInvites.tokenHash, hashToken(token)),
    isNull(staffInvites.usedAt),
    gt(staffInvites.expiresAt, sql`now()`),
  );
}

/**
 * Uses an invitation up: its address becomes staff with a password of their choice. Whatever
 * password, sessions and identities the address had before are void, because someone else may have
 * signed up with it.
 * @throws AppError `conflict` when the invitation has been used or has expired.
 */
export async function acceptStaffInvite(
  input: z.infer<typeof acceptInviteSchema>,
  context: RequestContext,
): Promise<NewSession> {
  await countTry(getDb(), [
    { key: `invite:${hashToken(input.token)}`, limit: 20, windowSeconds: 900 },
  ]);
  if (isCommonPassword(input.password)) {
    throw new AppError('invalid', 'passwordCommon', { field: 'password' });
  }
  const passwordHash = await hashPassword(input.password);
  return getDb().transaction(async (tx) => {
    const [invite] = await tx
      .update(staffInvites)
      .set({ usedAt: sql`now()` })
      .where(isOpen(input.token))
      .returning({ email: staffInvites.email, role: staffInvites.role });
    if (!invite) throw new AppError('conflict', 'inviteGone');
    const userId = await takeOverAddress(tx, invite.email, input.name, passwordHash);
    const { email, role } = invite;
    const before = await grantRole(tx, userId, role);
    const person = { kind: 'person', userId, email } as const;
    const detail = { role, before, by: 'invitation' };
    await recordAudit(tx, person, { action: 'staff.grant', subject: email, detail, context });
    logger.info({ actorId: userId, role }, 'a staff invitation was accepted');
    return startSession(tx, userId, context);
  });
}

async function takeOverAddress(
  tx: Tx,
  email: string,
  name: string,
  passwordHash: string,
): Promise<string> {
  const proven = { name, passwordHash, emailVerifiedAt: sql`now()` };
  const [user] = await tx
    .insert(users)
    .values({ email, ...proven })
    .onConflictDoUpdate({ target: users.email, set: proven })
    .returning({ id: users.id });
  if (!user) throw new Error('the account could not be written');
  await endAllSessions(tx, user.id);
  await tx.delete(userIdentities).where(eq(userIdentities.userId, user.id));
  return user.id;
}

/**
 * Gives a person a role on the operator's staff in place of the one they may have. Who calls it
 * records it in the audit log.
 * @returns the role they had, or null.
 */
export async function grantRole(
  tx: Tx,
  userId: string,
  role: OperatorRole,
): Promise<OperatorRole | null> {
  const [held] = await tx
    .select({ role: operatorRoles.role })
    .from(operatorRoles)
    .where(eq(operatorRoles.userId, userId))
    .for('update');
  if (held?.role === role) return role;
  await tx
    .insert(operatorRoles)
    .values({ userId, role })
    .onConflictDoUpdate({ target: operatorRoles.userId, set: { role } });
  return held?.role ?? null;
}
