import 'server-only';
import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { operatorRoles } from '@/db/schema/people';

/**
 * Gives a person a role on the operator's staff in place of the one they may have. Who calls it
 * records it in the audit log.
 * @returns the role they had, or null.
 */
export async function grantRole(tx: Tx, userId: string, role: string): Promise<string | null> {
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
