import 'server-only';
import { type Executor, getDb } from '@/db/client';
import { logger } from '@/lib/runtime/logger';
import { z } from '@/lib/zod';
import { readSetting, writeSetting } from './operator-settings';

const key = 'one-time-links';
const writeEveryMs = 60_000;
let last: { on: boolean; atMs: number } | undefined;

/**
 * Notes whether Codat hands out Link URLs that work once, which no API says: by the company URL that
 * a read has just brought. The URL itself is kept nowhere. Never fails a read.
 * @param nowMs only tests pass another.
 */
export async function noteOneTimeLinks(
  companyUrl: string | null,
  nowMs = Date.now(),
): Promise<void> {
  if (!companyUrl || !URL.canParse(companyUrl)) return;
  const on = new URL(companyUrl).searchParams.has('link.otp');
  if (last?.on === on && nowMs - last.atMs < writeEveryMs) return;
  last = { on, atMs: nowMs };
  await writeSetting(getDb(), key, on).catch((error: unknown) => {
    logger.warn({ err: error }, 'whether links work once could not be noted');
  });
}

/** Whether Link URLs work once, as the last read showed; null before the first. */
export async function areLinksOneTime(db: Executor): Promise<boolean | null> {
  return (await readSetting(db, key, z.boolean()))?.value ?? null;
}
