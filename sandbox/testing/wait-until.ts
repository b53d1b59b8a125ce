import { setTimeout as sleep } from 'node:timers/promises';

/** Polls until `condition` gives something truthy; rejects after `timeoutMs`. */
export async function waitUntil<Value>(
  condition: () => Value | Promise<Value>,
  timeoutMs = 5000,
): Promise<NonNullable<Value>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${condition}`);
    await sleep(15);
  }
}
