import { Agent, get } from 'node:http';
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
      const answered = await statusOf(url);
      if (status === undefined || answered === status) return;
      last = `status ${answered}`;
    } catch (error) {
      last = error.code ?? error.message;
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

/** Asked directly: with NODE_USE_ENV_PROXY `fetch` would ask a proxy for what runs here. */
function statusOf(url) {
  return new Promise((resolve, reject) => {
    const options = { agent: new Agent(), signal: AbortSignal.timeout(10_000) };
    get(url, options, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    }).on('error', reject);
  });
}

/** The Problem to show when a process that should run has ended. */
export function diedOf(child, exitCode) {
  return new Problem(
    `${child.name} ended with exit code ${exitCode}. Its last output:\n${child.tail()}`,
  );
}
