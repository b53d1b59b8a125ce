import { getActor } from '@/lib/auth/session';
import { openLiveStream } from '@/lib/live/stream';
import { orUnavailable } from '@/lib/web/unavailable';

export const dynamic = 'force-dynamic';

const mostAgeMs = 120_000;

/**
 * Server-sent events: which of the companies this person may see have changed. `age` is that of the
 * page that asks, in ms.
 */
export function GET(request: Request): Promise<Response> {
  return orUnavailable(() => answer(request));
}

async function answer(request: Request): Promise<Response> {
  const actor = await getActor();
  if (!actor) return new Response(null, { status: 401 });
  const age = Number(new URL(request.url).searchParams.get('age'));
  const pageAgeMs = age > 0 ? Math.min(age, mostAgeMs) : 0;
  return new Response(openLiveStream(actor, request.signal, pageAgeMs), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
