import 'server-only';
import { enqueueChecks } from '@/lib/runtime/jobs/boss';
import { logger } from '@/lib/runtime/logger';
import { onTrouble } from '@/lib/runtime/trouble';
import { storeRefusedLink } from './hand-offs';

/** From one run that trouble asked for to the next, by this process. */
const gapMs = 60_000;
/** When a run is going on it may have looked before the trouble began. */
const againMs = 15_000;

/**
 * Has the checks run within seconds of trouble, so that staff see on the overview what customers are
 * told that our team knows.
 * @returns what ends it.
 */
export function noticeTrouble(): () => void {
  let timer: NodeJS.Timeout | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  const ask = (inMs: number) => {
    timer ??= setTimeout(async () => {
      timer = undefined;
      lastAt = performance.now();
      const isQueued = await enqueueChecks(1).catch(logIt);
      if (!isQueued) ask(againMs);
    }, inMs).unref();
  };
  onTrouble((trouble) => {
    if (trouble.kind === 'link') storeRefusedLink(trouble.origin).catch(logIt);
    else ask(Math.max(0, lastAt + gapMs - performance.now()));
  });
  return () => {
    onTrouble(undefined);
    clearTimeout(timer);
  };
}

function logIt(error: unknown): false {
  logger.warn({ err: error }, 'trouble could not be shown to staff');
  return false;
}
