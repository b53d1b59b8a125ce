import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { jobRuns } from '@/db/schema/operations';
import { withoutSecrets } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { withSpan } from '@/lib/runtime/span';

/** Runs a job and notes when it ran and what came of it, so that one that stopped is seen. */
export async function recordRun<T>(name: string, run: () => Promise<T>): Promise<T> {
  const db = getDb();
  const startedAt = performance.now();
  const count = (result: string) =>
    getMetrics().jobRuns.observe({ queue: name, result }, (performance.now() - startedAt) / 1000);
  const started = { startedAt: sql`now()`, finishedAt: null };
  await db
    .insert(jobRuns)
    .values({ name, ...started })
    .onConflictDoUpdate({ target: jobRuns.name, set: started });
  try {
    const result = await withSpan(`job ${name}`, run);
    const ended = { finishedAt: sql`now()`, succeededAt: sql`now()`, lastError: null };
    await db.update(jobRuns).set(ended).where(eq(jobRuns.name, name));
    count('ok');
    return result;
  } catch (error) {
    count('failed');
    const message = error instanceof Error ? error.message : String(error);
    const lastError = withoutSecrets(message).slice(0, 500);
    await db
      .update(jobRuns)
      .set({ finishedAt: sql`now()`, lastError })
      .where(eq(jobRuns.name, name))
      .catch(() => {});
    throw error;
  }
}
