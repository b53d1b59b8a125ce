import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'drizzle-orm';
import { type Db, getDb } from '@/db/client';
import { getEnv } from '@/env';
import { CodatError } from '@/lib/codat/errors';
import { getSyncHours } from '@/lib/codat/sync-settings';
import { logger } from '@/lib/runtime/logger';
import { readSetting, writeSetting } from '@/lib/settings/operator-settings';
import { z } from '@/lib/zod';

/** Where in `operator_settings` the Codat client's schedule is kept. */
export const scheduleKey = 'codat-sync-schedule';

/** `hours` null: Codat's sync settings can't be read, for the reason in `problem`. */
export const scheduleSchema = z.object({
  hours: z.number().nullable(),
  problem: z.string().nullable(),
  readAt: z.iso.datetime(),
});

export type SyncSchedule = z.infer<typeof scheduleSchema>;

/** How long a company's own settings count as known: they are asked only while it looks overdue. */
export const companyHoursKeptMs = 7 * 86_400_000;

/** While Codat doesn't answer, what it said last counts for so long. */
const believedMs = 7 * 86_400_000;
/** A little less than a day, so that a daily run finds it old. */
const freshMs = 20 * 3_600_000;

export async function getSyncSchedule(db: Db): Promise<SyncSchedule | null> {
  return (await readSetting(db, scheduleKey, scheduleSchema))?.value ?? null;
}

/**
 * Reads the Codat client's sync settings once a day, or sooner after it failed. Connections are looked
 * at again if what they are judged by is no longer the same.
 */
export async function refreshSyncSchedule(): Promise<void> {
  const db = getDb();
  const held = await getSyncSchedule(db);
  const isFresh = held?.problem === null && Date.now() - Date.parse(held.readAt) < freshMs;
  if (!isFresh) await writeSetting(db, scheduleKey, await readSchedule(held));
  await lookAgainIfRulesChanged(db);
}

async function readSchedule(held: SyncSchedule | null): Promise<SyncSchedule> {
  const readAt = new Date().toISOString();
  try {
    return { hours: await getSyncHours(), problem: null, readAt };
  } catch (error) {
    if (!(error instanceof CodatError)) throw error;
    logger.warn({ err: error }, 'the sync settings could not be read');
    const isRefused = error.status !== null && error.status < 500 && error.status !== 429;
    const isOld = !held || Date.now() - Date.parse(held.readAt) > believedMs;
    const problem = error.status === null ? error.kind : String(error.status);
    return isRefused || isOld
      ? { hours: null, problem, readAt }
      : { hours: held.hours, problem, readAt: held.readAt };
  }
}

const rulesKey = 'health-rules';
const batch = 1000;

/** After a change of Codat's schedule or of `DATA_STALE_AFTER` every timer may be wrong. */
async function lookAgainIfRulesChanged(db: Db): Promise<void> {
  const rules = {
    hours: (await getSyncSchedule(db))?.hours ?? null,
    bounds: getEnv().DATA_STALE_AFTER,
  };
  const known = await readSetting(db, rulesKey, z.unknown());
  if (known && isDeepStrictEqual(known.value, rules)) return;
  let last: string | undefined = '00000000-0000-0000-0000-000000000000';
  while (last) last = await lookAgain(db, last);
  await writeSetting(db, rulesKey, rules);
}

/** Companies are locked first, as everywhere. @returns the last of them, if there may be more. */
async function lookAgain(db: Db, after: string): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      select id from companies where id > ${after} order by id limit ${batch} for no key update`);
    const ids = rows.map(({ id }) => id);
    // What a company answered may have been the client's settings.
    await tx.execute(sql`
      update companies set sync_hours_at = null
      where id = any(${sql.param(ids)}::uuid[]) and sync_hours_at is not null`);
    await tx.execute(sql`
      update connections set health_due_at = now()
      where company_id = any(${sql.param(ids)}::uuid[]) and status = 'Linked' and removed_at is null
        and (health_due_at is null or health_due_at > now())`);
    return rows.length === batch ? ids.at(-1) : undefined;
  });
}
