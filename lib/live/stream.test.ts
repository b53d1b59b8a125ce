import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getDb } from '@/db/client';
import type { Actor } from '@/lib/actor';
import { makeCustomer, makeOperator } from '@/testing/make-customer';
import { stopListening, subscribe } from './listener';
import { publishChange } from './publish';
import { openLiveStream } from './stream';

beforeAll(() => new Promise<void>((resolve) => void subscribe(() => resolve())));
afterAll(stopListening);

/** What a stream says within a moment of its opening. */
async function hear(actor: Actor, pageAgeMs: number): Promise<string> {
  const closing = new AbortController();
  const stream = openLiveStream(actor, closing.signal, pageAgeMs);
  setTimeout(() => closing.abort(), 400);
  return new Response(stream).text();
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
    const renderedAtMs = performance.now();
    const age = () => performance.now() - renderedAtMs;
    await change(owner.companyId);
    expect(await hear(owner.actor, age())).toContain(owner.companyId);
    expect(await hear(await makeOperator('support'), age())).toContain(owner.companyId);
    const strange = await hear(stranger.actor, age());
    expect(strange).toContain(': open');
    expect(strange).not.toContain(owner.companyId);
  });

  it('is not told to a page that was rendered after it', async () => {
    const { actor, companyId } = await makeCustomer();
    await change(companyId);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await hear(actor, 1)).not.toContain('event: change');
  });

  it('may be anything for a page older than what is remembered', async () => {
    const { actor } = await makeCustomer();
    expect(await hear(actor, 90_000)).toContain('data: {"companyIds":null}');
  });
});
