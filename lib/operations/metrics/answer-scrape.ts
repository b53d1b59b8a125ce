import 'server-only';
import { getEnv } from '@/env';
import { carriesToken } from './bearer';
import { renderMetrics } from './render-metrics';

export type ScrapeAnswer = { status: number; headers: Record<string, string>; text: string };

/** The answer to `GET /api/metrics`: 404 without METRICS_TOKEN, 401 to who does not carry it. */
export async function answerScrape(authorization: string | null): Promise<ScrapeAnswer> {
  const tokens = getEnv().METRICS_TOKEN;
  if (!tokens) return { status: 404, headers: {}, text: '' };
  if (!carriesToken(authorization, tokens)) {
    return { status: 401, headers: { 'www-authenticate': 'Bearer' }, text: '' };
  }
  const { text, type } = await renderMetrics();
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, text };
}
