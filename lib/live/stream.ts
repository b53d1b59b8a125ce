import 'server-only';
import { type Actor, can, isMember } from '@/lib/actor';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { isShuttingDown, remember } from '@/lib/runtime/process-state';
import { changedWithin, type LiveNotice, subscribe } from './listener';
import { watchSession } from './session-watch';

/** Changes this close together become one message. */
const gatherMs = 100;
/** A page's age is told by its browser; the request that tells it takes time as well. */
const askingMs = 2000;

type Stop = () => void;
const openStreams = () => remember('live streams', () => new Set<Stop>());

/** Ends every open stream of this process; browsers reconnect, to another instance if need be. */
export function endStreams(): void {
  for (const stop of [...openStreams()]) stop();
}

/**
 * Server-sent events for one person: `change` with the ids of the companies that changed among those
 * they may see, or with null when anything may have changed; and `end` when their session is over.
 * It begins with what changed since the page that opens it was rendered, `pageAgeMs` ago.
 */
export function openLiveStream(
  actor: Actor,
  signal: AbortSignal,
  pageAgeMs = 0,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop: Stop = () => {};
  let cancelled = false;
  return new ReadableStream({
    start(controller) {
      let current = actor;
      let stopped = false;
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const changes = gatherChanges((companyIds) =>
        send(`event: change\ndata: ${JSON.stringify({ companyIds })}\n\n`),
      );
      const tell = (notice: LiveNotice) => {
        const ids = visibleChanges(current, notice);
        if (ids === null || ids.length > 0) changes.add(ids);
      };
      const unsubscribe = subscribe(tell);
      const unwatch = watchSession({
        actor,
        onAlive: (now) => {
          if (rightsOf(now) !== rightsOf(current)) changes.add(null);
          current = now;
          send(': here\n\n');
        },
        onEnd: () => {
          send('event: end\ndata: {}\n\n');
          stop();
        },
      });
      stop = () => {
        if (stopped) return;
        stopped = true;
        unsubscribe();
        unwatch();
        changes.stop();
        openStreams().delete(stop);
        getMetrics().liveStreams.dec();
        if (!cancelled) controller.close();
      };
      openStreams().add(stop);
      getMetrics().liveStreams.inc();
      signal.addEventListener('abort', () => stop());
      send('retry: 2000\n: open\n\n');
      const missed = changedWithin(pageAgeMs + askingMs);
      tell(missed ? { kind: 'companies', companyIds: missed } : { kind: 'gap' });
      // Not an error status: that would keep the browser from coming back, to another instance.
      if (isShuttingDown()) stop();
    },
    cancel() {
      cancelled = true;
      stop();
    },
  });
}

/** Passes on what comes within `gatherMs` as one list of ids; null when anything may have changed. */
function gatherChanges(flush: (companyIds: string[] | null) => void) {
  let gathered: Set<string> | null = new Set();
  let timer: NodeJS.Timeout | undefined;
  return {
    add(ids: string[] | null): void {
      if (ids === null) gathered = null;
      for (const id of ids ?? []) gathered?.add(id);
      timer ??= setTimeout(() => {
        timer = undefined;
        const all = gathered && [...gathered];
        gathered = new Set();
        flush(all);
      }, gatherMs);
    },
    stop: () => clearTimeout(timer),
  };
}

/** The changed companies that the actor may see; null after a gap. */
function visibleChanges(actor: Actor, notice: LiveNotice): string[] | null {
  if (notice.kind === 'gap') return null;
  if (notice.kind === 'person') return [];
  if (can(actor, 'companies:read')) return notice.companyIds;
  return notice.companyIds.filter((id) => isMember(actor, id));
}

/** What decides which pages a person may see. */
function rightsOf({ operatorRole, companies, subsidiaries }: Actor): string {
  const below = subsidiaries.map(({ id }) => id);
  return JSON.stringify([operatorRole, companies.map(({ id, role }) => [id, role]), below]);
}
