import 'server-only';
import { logger } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { remember } from '@/lib/runtime/process-state';
import { parseStorableJson } from '@/lib/storable-text';
import { Circuit } from './circuit';
import { CodatError } from './errors';
import { measureCall } from './measure-call';
import { noteQuota } from './quota';
import { type CodatCall, ownAccess, sendToCodat, statusError } from './transport';

const timeoutMs = 8000;
const circuit = remember('codat circuit', () => new Circuit());

/**
 * One call to Codat's API: at most 8 s including the body, no redirects, no retries, and none at all
 * while Codat does not answer.
 * @returns the parsed JSON, or null for an empty body.
 * @throws CodatError
 */
export async function callCodat(call: CodatCall): Promise<unknown> {
  const answered = measureCall(call, () => makeCall(call));
  return answered.finally(() => getMetrics().circuitOpen.set(Number(circuit.isOpen)));
}

async function makeCall(call: CodatCall): Promise<unknown> {
  const { method, path } = call;
  circuit.enter();
  const startedAt = performance.now();
  const answer = await sendToCodat(ownAccess(), call, timeoutMs).catch((error: unknown) => {
    circuit.fail();
    throw error;
  });
  noteQuota(answer.headers);
  const durationMs = Math.round(performance.now() - startedAt);
  logger.debug({ method, path, status: answer.status, durationMs }, 'codat');
  if (answer.status >= 500) circuit.fail();
  else circuit.succeed();
  if (!answer.ok) throw statusError(call, answer);
  if (answer.text === '') return null;
  try {
    return parseStorableJson(answer.text);
  } catch (cause) {
    const { status } = answer;
    throw new CodatError('malformed', `${method} ${path}: not JSON`, { status, cause });
  }
}

/** Makes a read once more when the first try got no answer or a 5xx. Never for a call with effect. */
export async function readCodat(call: Omit<CodatCall, 'method'>): Promise<unknown> {
  const read = () => callCodat({ ...call, method: 'GET' });
  const startedAt = performance.now();
  return read().catch((error: unknown) => {
    const fast = performance.now() - startedAt < 3000;
    const worthIt =
      error instanceof CodatError &&
      (error.kind === 'unreachable' || (error.status !== null && error.status >= 500));
    if (fast && worthIt) return read();
    throw error;
  });
}
