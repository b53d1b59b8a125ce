import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { getEnv } from '@/env';
import { renderMetrics } from './render-metrics';

export type ScrapeAnswer = { status: number; headers: Record<string, string>; text: string };

/** The answer to `GET /api/metrics`: 404 without METRICS_TOKEN, 401 if the request lacks it. */
export async function answerScrape(authorization: string | null): Promise<ScrapeAnswer> {
  const tokens = getEnv().METRICS_TOKEN;
  if (!tokens) return { status: 404, headers: {}, text: '' };
  if (!carriesToken(authorization, tokens)) {
    return { status: 401, headers: { 'www-authenticate': 'Bearer' }, text: '' };
  }
  const { text, type } = await renderMetrics();
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, text };
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Whether an `Authorization` header carries one of the tokens. Digests are compared, so that the time
 * it takes tells neither a token nor its length.
 */
export function carriesToken(header: string | null, tokens: string[]): boolean {
  const offered = /^Bearer ([\x21-\x7e]+)$/i.exec(header ?? '')?.[1];
  if (offered === undefined) return false;
  const given = digest(offered);
  return tokens.map((token) => timingSafeEqual(given, digest(token))).includes(true);
}
