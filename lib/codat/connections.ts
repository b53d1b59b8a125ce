import 'server-only';
import { callCodat } from './client';

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
