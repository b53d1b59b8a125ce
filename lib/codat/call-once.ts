import 'server-only';
import { CodatError } from './errors';
import { measureCall } from './measure-call';
import { type CodatAccess, type CodatCall, sendToCodat, statusError } from './transport';

/** A person waits for it, or several checks at once do. */
const timeoutMs = 5000;

/**
 * One call about the Codat client itself, for whoever checks or sets it up: at most 5 s, no retries,
 * and made also while others have given up asking.
 * @returns the parsed JSON, or null for an empty body. @throws CodatError
 */
export async function askCodat(access: CodatAccess, call: CodatCall): Promise<unknown> {
  return measureCall(call, () => makeCall(access, call));
}

async function makeCall(access: CodatAccess, call: CodatCall): Promise<unknown> {
  const answer = await sendToCodat(access, call, timeoutMs);
  if (!answer.ok) throw statusError(call, answer);
  if (answer.text === '') return null;
  try {
    return JSON.parse(answer.text);
  } catch (cause) {
    const { status } = answer;
    throw new CodatError('malformed', `${call.method} ${call.path}: not JSON`, { status, cause });
  }
}
