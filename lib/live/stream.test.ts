import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import type { Actor } from '@/lib/actor';
import { makeCustomer, makeOperator } from '@/testing/make-customer';
import { stopListening, subscribe } from './listener';
import { publishChange } from './publish';
import { openLiveStream } from './stream';

// Listening must be older than the change for it to be told, not taken for a gap.
beforeAll(async () => {
  await new Promise<void>((resolve) => void subscribe(() => resolve()));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
});
afterAll(stopListening);

/** What a stream says until it has said `what`; and for a moment only, if it doesn't. */
async function hear(actor: Actor, pageAgeMs: number, what = 'event: change'): Promise<string> {
  const closing = new AbortController();
  const reader = openLiveStream(actor, closing.signal, pageAgeMs).getReader();
  const decoder = new TextDecoder();
  const timer = setTimeout(() => closing.abort(), 1_000);
  let heard = '';
  while (!heard.includes(what)) {
    const { done, value } = await reader.read();
    if (done) break;
    heard += decoder.decode(value);
  }
  clearTimeout(timer);
  closing.abort();
  return heard;
}

/** Publishes a change and waits until this process has heard of it. */
async function change(companyId: string): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    const stop = subscribe((notice) => {
      if (notice.kind !== 'companies' || !notice.companyIds.includes(companyId)) return;
      stop();
      resolve();
    });
  });
  await publishChange(getDb(), [companyId]);
  await heard;
}

describe('what changed while a page was on its way', () => {
  it('is told when its stream opens, to those who may see it', async () => {
    const [owner, stranger] = [await makeCustomer(), await makeCustomer()];
    await change(owner.companyId);
    expect(await hear(owner.actor, 0)).toContain(owner.companyId);
    expect(await hear(await makeOperator('support'), 0)).toContain(owner.companyId);
    const strange = await hear(stranger.actor, 0);
    expect(strange).toContain(': open');
    expect(strange).not.toContain(owner.companyId);
  });

  it('is not told to a page that was rendered after it', async () => {
    const { actor, companyId } = await makeCustomer();
    await change(companyId);
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    expect(await hear(actor, 1)).not.toContain('event: change');
  });

  it('may be anything for a page older than what is remembered', async () => {
    const { actor } = await makeCustomer();
    expect(await hear(actor, 90_000)).toContain('data: {"companyIds":null}');
  });
});
