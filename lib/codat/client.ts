import 'server-only';
import { getDb } from '@/db/client';
import { logger } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { remember } from '@/lib/runtime/process-state';
import { parseStorableJson } from '@/lib/storable-text';
import { Circuit } from './circuit';
import { CodatError } from './errors';
import { noteAnswer, type Pass, passGate } from './gate';
import { measureCall } from './measure-call';
import {
  type Asker,
  type CallPriority,
  type CodatAccess,
  type CodatAnswer,
  type CodatCall,
  ownAccess,
  sendToCodat,
  statusError,
} from './transport';

const timeoutMs = 8000;
type GatedCall = CodatCall & { priority: CallPriority };
const circuit = remember('codat circuit', () => new Circuit());

/**
 * One call to Codat's API, when the gate has one for its priority: at most 8 s including the body, no
 * redirects, no retries, and none at all while Codat does not answer.
 * @returns the parsed JSON, or null for an empty body.
 * @throws CodatError
 */
export async function callCodat({ priority, ...call }: GatedCall): Promise<unknown> {
  const asker = { priority, db: getDb() };
  const pass = await passGate(asker);
  const answered = measureCall(call, () => makeCall(call, asker, pass));
  return answered.finally(() => getMetrics().circuitOpen.set(Number(circuit.isOpen)));
}

async function makeCall(call: CodatCall, asker: Asker, pass: Pass): Promise<unknown> {
  const { method, path } = call;
  circuit.enter();
  const startedAt = performance.now();
  const withinMs = Math.min(timeoutMs, pass.timeoutMs);
  const answer = await sendToCodat(ownAccess(), call, withinMs).catch((error: unknown) => {
    circuit.fail();
    throw error;
  });
  const durationMs = Math.round(performance.now() - startedAt);
  logger.debug({ method, path, status: answer.status, durationMs }, 'codat');
  if (answer.status === 429) circuit.abstain();
  else if (answer.status >= 500) circuit.fail();
  else circuit.succeed();
  await noteAnswer(asker, pass, answer);
  return bodyOf(call, answer);
}

/** Makes a read once more when the first try got no answer or a 5xx. Never for a call with effect. */
export async function readCodat(call: Omit<GatedCall, 'method'>): Promise<unknown> {
  const read = () => callCodat({ ...call, method: 'GET' });
  const startedAt = performance.now();
  return read().catch((error: unknown) => {
    const fast = performance.now() - startedAt < 3000;
    const worthIt =
      error instanceof CodatError &&
      error.asked &&
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
  return bodyOf(call, await askOnce(access, call));
}

/** The same, and the answer whatever its status. @throws CodatError `unreachable`, `malformed`, `held` */
export async function askOnce(access: CodatAccess, call: CodatCall): Promise<CodatAnswer> {
  const pass = await passGate(access.asker);
  let answer: CodatAnswer | undefined;
  await measureCall(call, async () => {
    answer = await sendToCodat(access, call, Math.min(onceTimeoutMs, pass.timeoutMs));
    if (!answer.ok) throw statusError(call, answer);
  }).catch((error: unknown) => {
    if (!answer) throw error;
  });
  if (!answer) throw new Error('a call ended without an answer or an error');
  await noteAnswer(access.asker, pass, answer);
  return answer;
}

/** The parsed JSON of an answer, null for an empty one. @throws CodatError */
function bodyOf(call: CodatCall, answer: CodatAnswer): unknown {
  if (!answer.ok) throw statusError(call, answer);
  if (answer.text === '') return null;
  try {
    return parseStorableJson(answer.text);
  } catch (cause) {
    if (call.isText) return answer.text;
    const { status } = answer;
    throw new CodatError('malformed', `${call.method} ${call.path}: not JSON`, { status, cause });
  }
}
