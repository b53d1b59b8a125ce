import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '@/sandbox/errors/api-error';
import { isReprinting, reprint } from '@/sandbox/reprint';
import type { World } from '@/sandbox/world';
import { faultAnswer, replacesAnswer, slowDown } from './fault-answer';
import { type Fault, takeFault } from './faults';
import { findRecorded, fingerprintOf, type KeysInProgress, recordAnswer } from './idempotency';
import { quotaHeaders, spendQuota } from './quota';
import { logRequest } from './request-log';

const MAX_BODY_BYTES = 1024 * 1024;

/** A call without an answer: its socket is to be destroyed. */
export const DROPPED = Symbol('dropped');

type Answer = Response | typeof DROPPED;
type Handle = (request: Request) => Promise<Response>;

interface Call {
  method: string;
  path: string;
  body: string;
  idempotencyKey: string | null;
}

function requireKey({ config }: World, header: string | null): void {
  const expected = Buffer.from(`Basic ${Buffer.from(config.apiKey).toString('base64')}`);
  const given = Buffer.from(header ?? '');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new ApiError(401);
  }
}

async function readCall(request: Request): Promise<Call> {
  const { method } = request;
  const path = new URL(request.url).pathname;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > MAX_BODY_BYTES) throw new ApiError(413);
  const body = hasBody ? await request.text() : '';
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw new ApiError(413);
  const takesKey = method === 'POST' || method === 'PATCH';
  return {
    method,
    path,
    body,
    idempotencyKey: takesKey ? request.headers.get('idempotency-key') : null,
  };
}

interface FaultInCall extends Fault {
  /** What is answered instead; null when only time passes or the socket is destroyed. */
  replacement: Response | null;
}

function meetFault(world: World, call: Call): FaultInCall | null {
  const fault = takeFault(world, call.method, call.path);
  return fault && { ...fault, replacement: replacesAnswer(fault) ? faultAnswer(fault) : null };
}

/** The answer before any loss on the way: what an idempotency key would have recorded. */
async function act(fault: FaultInCall | null, handle: () => Promise<Response>): Promise<Answer> {
  if (!fault) return handle();
  const waitMs = fault.latencyMs ?? 0;
  if (!fault.afterEffect) {
    if (waitMs > 0) await sleep(waitMs);
    if (fault.drop) return DROPPED;
    return fault.replacement?.clone() ?? handle();
  }
  const real = await handle();
  if (waitMs > 0) await sleep(waitMs);
  const { replacement } = fault;
  return replacement && replacement.status >= 400 && !fault.drop ? replacement.clone() : real;
}

/** Loses or replaces an answer that is already decided on. */
function onTheWay(fault: FaultInCall | null, answer: Answer): Answer {
  if (!fault || answer === DROPPED) return answer;
  return fault.drop ? DROPPED : (fault.replacement?.clone() ?? answer);
}

/** A 2xx that a fault puts in place of the real answer is damage on the way, and never recorded. */
function isRecordable(fault: FaultInCall | null, answer: Answer): answer is Response {
  if (answer === DROPPED) return false;
  return !fault?.replacement || fault.afterEffect === true || answer.status >= 400;
}

/** A fault's malformed body goes out as it is. */
async function reprintAnswer(world: World, answer: Response): Promise<Response> {
  const isJson = answer.headers.get('content-type')?.startsWith('application/json');
  if (!isReprinting(world) || !answer.ok || !isJson) return answer;
  const text = await answer.text();
  try {
    return new Response(JSON.stringify(reprint(world, JSON.parse(text))), answer);
  } catch {
    return new Response(text, answer);
  }
}

/**
 * Everything between the wire and the handlers, in this order: log, key, quota, faults,
 * idempotency. Every answer carries the rate-limit headers and the movable clock's
 * date; `DROPPED` asks for a destroyed socket.
 */
export function createCallReceiver(world: World, handle: Handle) {
  const inProgress: KeysInProgress = new Map();

  async function answerOnce(
    call: Call,
    fault: FaultInCall | null,
    request: Request,
  ): Promise<Answer> {
    const { method, url, headers } = request;
    const run = () => handle(new Request(url, { method, headers, body: call.body || undefined }));
    const key = call.idempotencyKey;
    if (!key) return act(fault, run);
    const fingerprint = fingerprintOf(call.method, call.path, call.body);
    const recorded = findRecorded(world, inProgress, key, fingerprint);
    if (recorded) {
      if (fault?.latencyMs) await sleep(fault.latencyMs);
      return recorded;
    }
    inProgress.set(key, fingerprint);
    try {
      const answer = await act(fault, run);
      if (isRecordable(fault, answer)) await recordAnswer(world, key, fingerprint, answer);
      return answer;
    } finally {
      inProgress.delete(key);
    }
  }

  async function respond(request: Request): Promise<Answer> {
    requireKey(world, request.headers.get('authorization'));
    spendQuota(world);
    const call = await readCall(request);
    const fault = meetFault(world, call);
    const answer = onTheWay(fault, await answerOnce(call, fault, request));
    if (answer === DROPPED) return DROPPED;
    const sent = await reprintAnswer(world, answer);
    return fault?.slowBodyMs ? slowDown(sent, fault.slowBodyMs) : sent;
  }

  return async (request: Request): Promise<Answer> => {
    const noteStatus = logRequest(world, request.method, new URL(request.url));
    const answer = await respond(request).catch((error: unknown) => {
      if (error instanceof ApiError) return error.toResponse();
      console.error(error);
      return new ApiError(500).toResponse();
    });
    if (answer === DROPPED) {
      noteStatus(0);
      return DROPPED;
    }
    for (const [name, value] of Object.entries(quotaHeaders(world)))
      answer.headers.set(name, value);
    answer.headers.set('Date', new Date(world.now()).toUTCString());
    noteStatus(answer.status);
    return answer;
  };
}
