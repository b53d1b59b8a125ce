import { getEnv } from '@/lib/env';
import { carriesToken } from '@/lib/metrics/bearer';
import { renderMetrics } from '@/lib/metrics/render-metrics';

export const dynamic = 'force-dynamic';

/** Figures of this process and of the portal, for Prometheus. Not there without METRICS_TOKEN. */
export async function GET(request: Request): Promise<Response> {
  const tokens = getEnv().METRICS_TOKEN;
  if (!tokens) return new Response(null, { status: 404 });
  if (!carriesToken(request.headers.get('authorization'), tokens)) {
    return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
  }
  const { text, type } = await renderMetrics();
  return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
}
