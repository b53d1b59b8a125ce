import 'server-only';
import { sql } from 'drizzle-orm';
import { connect, type Db, getDb } from '@/db/client';
import { getEnv } from '@/env';
import { logger } from './logger';
import { markDatabase } from './process-state';
import { withDeadline } from './with-deadline';

const everyMs = 500;
/** For an answer over a connection that is there. */
const answerMs = 1000;
/** For a connection and an answer over it: a handshake is several answers long. */
const connectMs = 3000;

/**
 * Asks the database twice a second whether it is there. `proxy.ts` reads the answer and needs no
 * query of its own, and what waits for a database that does not answer fails then, instead of after
 * its own longer patience. It asks over a connection of its own first: a pool that is merely busy
 * says nothing. @returns what ends it.
 */
export function watchDatabase(): () => void {
  const own = connect(getEnv().DATABASE_URL, {
    max: 1,
    queryTimeoutMs: connectMs,
    connectTimeoutMs: connectMs,
  });
  let stopped = false;
  let away = false;
  let withinMs = connectMs;
  async function run(): Promise<void> {
    while (!stopped) {
      // One miss may just mean that this process is busy, or that a full database refused its one
      // connection. Retry on the pool.
      const answered =
        (await answersInTime(own, withinMs)) || (await answersInTime(getDb(), withinMs));
      if (stopped) return;
      if (answered === away) logger.warn({ away: !answered }, 'the database’s state changed');
      away = !answered;
      markDatabase(away ? 'away' : 'there');
      if (away) for (const db of [own, getDb()]) db.cutConnections();
      withinMs = away ? connectMs : answerMs;
      await pause(everyMs);
    }
  }
  void run();
  return () => {
    stopped = true;
    void own.$client.end();
  };
}

async function answersInTime(db: Db, withinMs: number): Promise<boolean> {
  const asked = db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  // An answer that lies in the socket is read before `setImmediate`, however late the timer was.
  const late = () => new Promise<boolean>((done) => setImmediate(done, false));
  return withDeadline(asked, withinMs, late);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
