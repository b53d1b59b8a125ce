import 'server-only';
import { connect, type Db, describeDatabase, getDb } from '@/db/client';
import { getEnv } from '@/env';
import { logger } from './logger';
import { type DatabaseState, markDatabase, noteDatabaseClock } from './process-state';
import { withDeadline } from './with-deadline';

const everyMs = 500;
/** For an answer over a connection that is there. */
const answerMs = 1000;
/** For a connection and an answer over it: a handshake is several answers long. */
const connectMs = 3000;
/** Only a new session knows that the database has been set to read only. */
const sessionSeconds = 5;

/**
 * Asks the database twice a second whether it is there and can be written to. `proxy.ts` reads the answer and needs no
 * query of its own, and what waits for a database that does not answer fails then, instead of after
 * its own longer patience. It asks over a connection of its own first: a pool that is merely busy
 * says nothing. @returns what ends it.
 */
export function watchDatabase(): () => void {
  const own = connect(getEnv().DATABASE_URL, {
    max: 1,
    queryTimeoutMs: connectMs,
    connectTimeoutMs: connectMs,
    maxLifetimeSeconds: sessionSeconds,
  });
  let stopped = false;
  let state: DatabaseState = 'there';
  let withinMs = connectMs;
  async function run(): Promise<void> {
    while (!stopped) {
      // One miss may just mean that this process is busy, or that a full database refused its one
      // connection. Retry on the pool.
      const now =
        (await askInTime(own, withinMs)) ?? (await askInTime(getDb(), withinMs)) ?? 'away';
      if (stopped) return;
      if (now !== state) logger.warn({ state: now }, 'the database’s state changed');
      markDatabase(now);
      // What hangs would hang on, and what is connected to an old primary stay there.
      const isBack = state === 'read-only' && now === 'there';
      if (now !== 'there') own.cutConnections();
      if (now === 'away' || isBack) getDb().cutConnections();
      state = now;
      withinMs = now === 'there' ? answerMs : connectMs;
      await pause(everyMs);
    }
  }
  void run();
  return () => {
    stopped = true;
    void own.$client.end();
  };
}

/** What the database says of itself and of the time; null when it says nothing in time. */
async function askInTime(db: Db, withinMs: number): Promise<DatabaseState | null> {
  const askedAt = Date.now();
  const asked = describeDatabase(db).then(
    ({ readOnly, nowMs }) => {
      const halfway = (askedAt + Date.now()) / 2;
      noteDatabaseClock(nowMs - halfway);
      return readOnly ? 'read-only' : 'there';
    },
    () => null,
  );
  // An answer that lies in the socket is read before `setImmediate`, however late the timer was.
  const late = () => new Promise<null>((done) => setImmediate(done, null));
  return withDeadline(asked, withinMs, late);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
