import 'server-only';
import { getDb } from '@/db/client';
import type { Actor } from '@/lib/actor';
import { loadSessions } from '@/lib/auth/load-actor';
import { logger } from '@/lib/runtime/logger';
import { remember } from '@/lib/runtime/process-state';
import { subscribe } from './listener';

/** How often all watched sessions are looked at; a NOTIFY makes it sooner for a person. */
const checkEveryMs = 3000;

/** Somebody who wants to know what has become of a session. */
export type Watcher = {
  actor: Actor;
  /** The session is live, for this actor; or it could not be looked at, and is taken for live. */
  onAlive: (actor: Actor) => void;
  onEnd: () => void;
};

type Watch = { watchers: Set<Watcher>; stop: (() => void) | null };

const getWatch = () =>
  remember<Watch>('session watch', () => ({ watchers: new Set(), stop: null }));

/**
 * Tells `watcher` every few seconds that its session is live, or once that it has ended, until the
 * returned function is called. All sessions that a process watches cost one query each time.
 */
export function watchSession(watcher: Watcher): () => void {
  const watch = getWatch();
  watch.watchers.add(watcher);
  watch.stop ??= startWatching(watch);
  return () => {
    watch.watchers.delete(watcher);
    if (watch.watchers.size > 0) return;
    watch.stop?.();
    watch.stop = null;
  };
}

function startWatching(watch: Watch): () => void {
  let isChecking = false;
  const timer = setInterval(async () => {
    if (isChecking) return;
    isChecking = true;
    await check([...watch.watchers]);
    isChecking = false;
  }, checkEveryMs);
  const unsubscribe = subscribe((notice) => {
    if (notice.kind !== 'person') return;
    void check([...watch.watchers].filter(({ actor }) => actor.userId === notice.userId));
  });
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}

async function check(watchers: Watcher[]): Promise<void> {
  if (watchers.length === 0) return;
  const ids = [...new Set(watchers.map(({ actor }) => actor.sessionId))];
  const alive = await loadSessions(getDb(), ids).catch((error: unknown) => {
    logger.debug({ err: error }, 'sessions of open streams could not be checked');
    return null;
  });
  for (const watcher of watchers) {
    if (!getWatch().watchers.has(watcher)) continue;
    const actor = alive ? alive.get(watcher.actor.sessionId)?.actor : watcher.actor;
    if (!actor) {
      watcher.onEnd();
      continue;
    }
    watcher.actor = actor;
    watcher.onAlive(actor);
  }
}
