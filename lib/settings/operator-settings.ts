import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { operatorSettings } from '@/db/schema/operations';
import type { z } from '@/lib/zod';

/** A value that staff or the portal decided at run time; null when there is none or it is not it. */
export async function readSetting<T>(
  db: Executor,
  key: string,
  schema: z.ZodType<T>,
): Promise<{ value: T; updatedAt: Date } | null> {
  const [row] = await db
    .select({ value: operatorSettings.value, updatedAt: operatorSettings.updatedAt })
    .from(operatorSettings)
    .where(eq(operatorSettings.key, key));
  const parsed = schema.safeParse(row?.value);
  return row && parsed.success ? { value: parsed.data, updatedAt: row.updatedAt } : null;
}

/** Keeps a value; one that is the same already stays as old as it is. */
export async function writeSetting(db: Executor, key: string, value: unknown): Promise<void> {
  await db
    .insert(operatorSettings)
    .values({ key, value })
    .onConflictDoUpdate({
      target: operatorSettings.key,
      set: { value: sql`excluded.value`, updatedAt: sql`now()` },
      setWhere: sql`${operatorSettings.value} <> excluded.value`,
    });
}

export async function removeSetting(db: Executor, key: string): Promise<void> {
  await db.delete(operatorSettings).where(eq(operatorSettings.key, key));
}
