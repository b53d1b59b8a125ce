import { answerScrape } from '@/lib/operations/metrics/answer-scrape';

export const dynamic = 'force-dynamic';

/** Figures of this process and of the portal, for Prometheus. Not there without METRICS_TOKEN. */
export async function GET(request: Request): Promise<Response> {
  const { status, headers, text } = await answerScrape(request.headers.get('authorization'));
  return new Response(text || null, { status, headers });
}
