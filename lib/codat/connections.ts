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
  });
}

/** Deletes a connection for good; Codat answers 200 and nothing else. @throws CodatError */
export async function deleteConnection(
  codatCompanyId: string,
  connectionId: string,
): Promise<void> {
  await callCodat({ method: 'DELETE', path: pathOf(codatCompanyId, connectionId) });
}
