import 'server-only';
import { logger } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { remember } from '@/lib/runtime/process-state';
import { parseStorableJson } from '@/lib/storable-text';
import { Circuit } from './circuit';
import { CodatError } from './errors';
import { measureCall } from './measure-call';
import { noteQuota } from './quota';
import {
  type CodatAccess,
  type CodatAnswer,
  type CodatCall,
  ownAccess,
  sendToCodat,
  statusError,
} from './transport';

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
  return bodyOf(call, answer);
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

/** A person waits for it, or several checks at once do. */

const onceTimeoutMs = 5000;

/**
 * One call about the Codat client itself, for whoever checks or sets it up: at most 5 s, no retries,
 * and made even while the circuit is open. @returns the parsed JSON, or null for an empty body.
 * @throws CodatError
 */
export async function askCodat(access: CodatAccess, call: CodatCall): Promise<unknown> {
  return measureCall(call, async () =>
    bodyOf(call, await sendToCodat(access, call, onceTimeoutMs)),
  );
}

/** The parsed JSON of an answer, null for an empty one. @throws CodatError */
function bodyOf(call: CodatCall, answer: CodatAnswer): unknown {
  if (!answer.ok) throw statusError(call, answer);
  if (answer.text === '') return null;
  try {
    return parseStorableJson(answer.text);
  } catch (cause) {
    const { status } = answer;
    throw new CodatError('malformed', `${call.method} ${call.path}: not JSON`, { status, cause });
  }
}
