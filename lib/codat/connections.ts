import 'server-only';
import { callCodat } from './client';
import { CodatError } from './errors';

const pathOf = (codatCompanyId: string, connectionId: string) =>
  `/companies/${encodeURIComponent(codatCompanyId)}/connections/${encodeURIComponent(connectionId)}`;

/** Gives up the access of a linked connection (`Linked` → `Unlinked`). @throws CodatError */
export async function unlinkConnection(
  codatCompanyId: string,
  connectionId: string,
): Promise<void> {
  await callCodat({
    method: 'PATCH',
    path: pathOf(codatCompanyId, connectionId),
    body: { status: 'Unlinked' },
    priority: 'person',
  });
}

/** Deletes a connection for good; Codat answers 200 and nothing else. @throws CodatError */
export async function deleteConnection(
  codatCompanyId: string,
  connectionId: string,
): Promise<void> {
  const path = pathOf(codatCompanyId, connectionId);
  await callCodat({ method: 'DELETE', path, priority: 'person' });
}

/**
 * A new one-time passcode that its customer types into Sage to connect a bank feed. The form of the
 * answer is undocumented: a text or number, or an object that names it, are understood.
 * @throws CodatError
 */
export async function getBankFeedPasscode(
  codatCompanyId: string,
  connectionId: string,
): Promise<string> {
  const path = `${pathOf(codatCompanyId, connectionId)}/bankFeeds/otp`;
  const json = await callCodat({ method: 'POST', path, isText: true, priority: 'person' });
  const passcode = passcodeIn(json);
  // Says nothing of the answer, which may hold one.
  if (!passcode) throw new CodatError('malformed', 'bank feed passcode: none in the answer');
  return passcode;
}

const names = /^(otp|passcode|one-?time-?(passcode|password)|code|password|value)$/i;

/** The passcode of an answer, at most two levels deep; null when nothing is named like one. */
export function passcodeIn(json: unknown, depth = 0): string | null {
  if (typeof json === 'string' || typeof json === 'number') {
    const text = String(json).trim();
    return /^[\w-]{3,64}$/.test(text) ? text : null;
  }
  if (typeof json !== 'object' || json === null || depth > 2) return null;
  const entries = Object.entries(json);
  const named = entries.filter(([name]) => names.test(name));
  const nested = entries.filter(([, value]) => typeof value === 'object');
  const found = [...named, ...nested].map(([, value]) => passcodeIn(value, depth + 1));
  return found.find((passcode) => passcode !== null) ?? null;
}
