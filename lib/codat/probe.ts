import 'server-only';
import type { EnvInspection } from '@/env';
import { z } from '@/lib/zod';
import { askOnce } from './client';
import { listConsumers, type WebhookConsumer } from './consumers';
import { type CodatProfile, getProfile } from './profile';
import { parseQuota, type Quota } from './quota';
import { type Asker, type CodatAccess, type CodatCall, statusError } from './transport';

/** What one small call shows, whatever Codat's answer to it is. */
export type Ping = {
  apiUrl: string;
  status: number;
  /** What Codat says about the status, where it is not 200. */
  said: string;
  durationMs: number;
  /** How far Codat's clock is ahead of ours; null without a readable `Date`. */
  aheadMs: number | null;
  companies: number | null;
  quota: Pick<Quota, 'dailyLimit' | 'remaining'> | null;
};

/** What the checks look at. Each is asked of Codat once, with the first who wants it. */
export type CodatProbe = {
  ping: () => Promise<Ping>;
  profile: () => Promise<CodatProfile>;
  consumers: () => Promise<WebhookConsumer[]>;
};

/** Where Codat is by an environment of which parts may be wrong; null when address or key is. */
export function accessOf({ values }: EnvInspection, asker: Asker): CodatAccess | null {
  const { CODAT_API_URL: apiUrl, CODAT_API_KEY: apiKey } = values;
  return apiUrl && apiKey ? { apiUrl, apiKey, asker } : null;
}

/** Asks nothing yet. Its functions throw CodatError. */
export function probeCodat(access: CodatAccess): CodatProbe {
  return {
    ping: once(() => ping(access)),
    profile: once(() => getProfile(access)),
    consumers: once(() => listConsumers(access)),
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

const page = z.object({ totalResults: z.number().int().min(0) });
const call: CodatCall = { method: 'GET', path: '/companies', query: { page: 1, pageSize: 1 } };

async function ping(access: CodatAccess): Promise<Ping> {
  const askedAt = Date.now();
  const answer = await askOnce(access, call);
  const answeredAt = Date.now();
  return {
    apiUrl: access.apiUrl,
    status: answer.status,
    said: answer.ok ? '' : statusError(call, answer).message,
    durationMs: answeredAt - askedAt,
    aheadMs: aheadMs(answer.headers.get('date'), (askedAt + answeredAt) / 2),
    companies: companiesIn(answer.text),
    quota: parseQuota(answer.headers),
  };
}

/** `Date` is cut to the second: on average it is half a second old. */
function aheadMs(date: string | null, atMs: number): number | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : Math.round(time + 500 - atMs);
}

function companiesIn(text: string): number | null {
  try {
    return page.safeParse(JSON.parse(text)).data?.totalResults ?? null;
  } catch {
    return null;
  }
}
