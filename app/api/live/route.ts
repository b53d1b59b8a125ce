import { getActor } from '@/lib/auth/session';
import { openLiveStream } from '@/lib/live/stream';
import { orUnavailable } from '@/lib/web/unavailable';

export const dynamic = 'force-dynamic';

/** Server-sent events: which of the companies this person may see have changed. */
export function GET(request: Request): Promise<Response> {
  return orUnavailable(() => answer(request));
}

async function answer(request: Request): Promise<Response> {
  const actor = await getActor();
  if (!actor) return new Response(null, { status: 401 });
  return new Response(openLiveStream(actor, request.signal), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
