import 'server-only';
import { sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { markDatabase } from './database-state';
import { logger } from './logger';

const everyMs = 1000;
const patienceMs = 1500;

/**
 * Asks the database every second whether it is there and keeps the answer for `proxy.ts`, which then
 * needs no query of its own. @returns what ends it.
 */
export function watchDatabase(): () => void {
  let stopped = false;
  let away = false;
  async function run(): Promise<void> {
    while (!stopped) {
      // A miss alone may be this process's own: it was too busy to read the answer. Look again.
      const answered = (await answersInTime()) || (await answersInTime());
      if (stopped) return;
      if (answered === away) logger.warn({ away: !answered }, 'the database changed its state');
      away = !answered;
      markDatabase(away ? 'away' : 'there');
      await pause(everyMs);
    }
  }
  void run();
  return () => {
    stopped = true;
  };
}

async function answersInTime(): Promise<boolean> {
  const asked = getDb()
    .execute(sql`select 1`)
    .then(
      () => true,
      () => false,
    );
  return Promise.race([asked, pause(patienceMs).then(() => false)]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
