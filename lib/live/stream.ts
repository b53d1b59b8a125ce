import 'server-only';
import { getDb } from '@/db/client';
import { type Actor, can } from '@/lib/actor';
import { loadActor } from '@/lib/auth/load-actor';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { isShuttingDown } from '@/lib/runtime/shutting-down';
import { subscribe } from './listener';

/** A stream asks this often whether its session is still alive, and shows that it is itself. */
const checkEveryMs = 3000;
/** Changes this close together become one message. */
const gatherMs = 100;

type Stop = () => void;
const held = globalThis as typeof globalThis & { portalStreams?: Set<Stop> };

function openStreams(): Set<Stop> {
  held.portalStreams ??= new Set();
  return held.portalStreams;
}

/** Ends every open stream of this process; browsers reconnect, to another instance if need be. */
export function endStreams(): void {
  for (const stop of [...openStreams()]) stop();
}

/**
 * Server-sent events for one person: `change` with the ids of the companies that changed among those
 * they may see, and `end` when their session is over.
 */
export function openLiveStream(actor: Actor, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop: Stop = () => {};
  let cancelled = false;
  return new ReadableStream({
    start(controller) {
      let current = actor;
      const gathered = new Set<string>();
      let timer: NodeJS.Timeout | undefined;
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const flush = () => {
        timer = undefined;
        send(`event: change\ndata: ${JSON.stringify({ companyIds: [...gathered] })}\n\n`);
        gathered.clear();
      };
      const unsubscribe = subscribe((changed) => {
        const visible = changed.filter((id) => maySee(current, id));
        if (changed.length > 0 && visible.length === 0) return;
        for (const id of visible) gathered.add(id);
        timer ??= setTimeout(flush, gatherMs);
      });
      const check = setInterval(async () => {
        const alive = await loadActor(getDb(), actor.sessionId).catch(() => current);
        if (stopped) return;
        if (alive) {
          current = alive;
          send(': here\n\n');
        } else {
          send('event: end\ndata: {}\n\n');
          stop();
        }
      }, checkEveryMs);
      let stopped = false;
      stop = () => {
        if (stopped) return;
        stopped = true;
        unsubscribe();
        clearInterval(check);
        clearTimeout(timer);
        openStreams().delete(stop);
        getMetrics().liveStreams.dec();
        if (!cancelled) controller.close();
      };
      openStreams().add(stop);
      getMetrics().liveStreams.inc();
      signal.addEventListener('abort', () => stop());
      send('retry: 2000\n: open\n\n');
      // Not an error status: that would keep the browser from coming back, to another instance.
      if (isShuttingDown()) stop();
    },
    cancel() {
      cancelled = true;
      stop();
    },
  });
}

function maySee(actor: Actor, companyId: string): boolean {
  return can(actor, 'companies:read') || actor.companies.some(({ id }) => id === companyId);
}
