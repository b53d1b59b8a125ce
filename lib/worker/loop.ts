import 'server-only';
import { logger, withLogContext } from '@/lib/runtime/logger';

export type Loop = { wake: () => void; stop: () => Promise<void> };

const longestPauseMs = 5000;

/**
 * Runs `step` in a loop: immediately while it reports work done, otherwise after `idleMs` or a
 * wake. A failing step waits, doubling up to 5 s, and never ends the loop: after an outage of the
 * database, however long, work goes on within seconds.
 */
export function startLoop(name: string, idleMs: number, step: () => Promise<boolean>): Loop {
  let stopped = false;
  let woken = false;
  let failures = 0;
  let endPause: (() => void) | undefined;

  async function pause(delayMs: number): Promise<void> {
    if (woken || stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      try {
        const busy = await withLogContext({ loop: name }, step);
        failures = 0;
        if (!busy) await pause(idleMs);
      } catch (error) {
        failures += 1;
        logger.warn({ loop: name, failures, err: error }, 'a background step failed');
        woken = false;
        await pause(Math.max(idleMs, Math.min(longestPauseMs, idleMs * 2 ** failures)));
      }
    }
  }

  const running = run();
  return {
    wake() {
      woken = true;
      if (failures === 0) endPause?.();
    },
    async stop() {
      stopped = true;
      endPause?.();
      await running;
    },
  };
}
