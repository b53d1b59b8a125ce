import 'server-only';
import { callCodat } from './request';

/** Gives up the access of a linked connection (`Linked` → `Unlinked`). @throws CodatError */
export async function unlinkConnection(
  codatCompanyId: string,
  connectionId: string,
): Promise<void> {
  await callCodat({
    method: 'PATCH',
    path: `/companies/${encodeURIComponent(codatCompanyId)}/connections/${encodeURIComponent(connectionId)}`,
    body: { status: 'Unlinked' },
  });
}
