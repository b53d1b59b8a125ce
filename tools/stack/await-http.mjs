import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problem.mjs';

/**
 * Waits until `url` answers with `status` (any status when it is undefined). Throws a Problem with
 * the end of the process's log when it dies first or the time is over.
 */
export async function awaitHttp(child, url, { status, timeoutMs }) {
  const deadline = Date.now() + timeoutMs;
  let last = 'no answer';
  let exitCode = null;
  child.exited.then((code) => {
    exitCode = code;
  });
  for (;;) {
    try {
      const response = await fetch(url, {
        signal: AbortSignal.timeout(10_000),
        redirect: 'manual',
      });
      await response.arrayBuffer();
      if (status === undefined || response.status === status) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = error.cause?.code ?? error.message;
    }
    if (exitCode !== null) throw diedOf(child, exitCode);
    if (Date.now() > deadline) {
      const seconds = Math.round(timeoutMs / 1000);
      throw new Problem(
        `${child.name} wasn’t ready within ${seconds} s (${url}: ${last}).\n${child.tail()}`,
      );
    }
    await sleep(100);
  }
}

/** The Problem to show when a process that should run has ended. */
export function diedOf(child, exitCode) {
  return new Problem(
    `${child.name} ended with exit code ${exitCode}. Its last output:\n${child.tail()}`,
  );
}
