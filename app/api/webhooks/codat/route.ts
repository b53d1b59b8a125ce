import { getMetrics } from '@/lib/runtime/process-metrics';
import { noteInSpan, withSpan } from '@/lib/runtime/span';
import { type ReceiveStatus, readBody, receiveDelivery } from '@/lib/webhooks/inbox/receive';

/** Codat's signed webhooks. See `lib/webhooks/inbox/receive.ts` for the answers. */
export async function POST(request: Request): Promise<Response> {
  const body = await readBody(request);
  if (!body) {
    countAnswer(413);
    return new Response(null, { status: 413, headers: { connection: 'close' } });
  }
  const delivery = {
    id: request.headers.get('webhook-id'),
    timestamp: request.headers.get('webhook-timestamp'),
    signature: request.headers.get('webhook-signature'),
    body,
  };
  const status = await withSpan('webhook receive', async () => {
    const answered = await receiveDelivery(delivery);
    noteInSpan({ 'webhook.status': answered });
    return answered;
  });
  countAnswer(status);
  return new Response(null, { status, headers: status === 503 ? { 'retry-after': '10' } : {} });
}

function countAnswer(status: ReceiveStatus | 413): void {
  getMetrics().deliveries.inc({ status });
}
