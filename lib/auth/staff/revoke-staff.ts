import 'server-only';
import { asc, eq } from 'drizzle-orm';
import { getDb, type Tx } from '@/db/client';
import { operatorRoles, users } from '@/db/schema/people';
import { type AuditActor, recordAudit } from '@/lib/audit/record-audit';
import { endAllSessions } from '@/lib/auth/own-sessions';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/runtime/logger';
import { voidStaffInvites } from './staff-invites';

/** What was taken away: the role, null where there was none yet, and open invitations. */
export type Revocation = { role: string | null; invites: number };

/**
 * Removes an address from staff immediately: its role, its sessions and its open
 * invitations. Who is a customer too may sign in again as one.
 * @param force even if no admin would be left.
 * @throws AppError `not-found` when the address is not staff, `conflict` for the last admin.
 */
export async function revokeStaff(
  by: AuditActor,
  email: string,
  { force }: { force: boolean },
): Promise<Revocation> {
  return getDb().transaction(async (tx) => {
    // Before the roles are read, so that an invitation that is just being accepted is waited for.
    const invites = await voidStaffInvites(tx, email);
    const staff = await lockStaff(tx);
    const held = staff.find((one) => one.email === email);
    if (!held && invites === 0) throw new AppError('not-found', 'notStaff');
    if (held?.role === 'admin' && !force && !staff.some((one) => isOtherAdmin(one, email))) {
      throw new AppError('conflict', 'lastAdmin');
    }
    if (held) {
      await tx.delete(operatorRoles).where(eq(operatorRoles.userId, held.userId));
      await endAllSessions(tx, held.userId);
    }
    const role = held?.role ?? null;
    await recordAudit(tx, by, {
      action: 'staff.revoke',
      subject: email,
      detail: { role, invites },
    });
    logger.info({ userId: held?.userId, role }, 'someone was removed from staff');
    return { role, invites };
  });
}

type Staff = Awaited<ReturnType<typeof lockStaff>>[number];

/** All of the staff, held still: of two who revoke each other one comes second, and is refused. */
function lockStaff(tx: Tx) {
  return tx
    .select({
      userId: operatorRoles.userId,
      role: operatorRoles.role,
      email: users.email,
      disabledAt: users.disabledAt,
    })
    .from(operatorRoles)
    .innerJoin(users, eq(users.id, operatorRoles.userId))
    .orderBy(asc(operatorRoles.userId))
    .for('update', { of: operatorRoles });
}

function isOtherAdmin({ role, email, disabledAt }: Staff, than: string): boolean {
  return role === 'admin' && disabledAt === null && email !== than;
}
