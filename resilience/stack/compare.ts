import type { Pool } from 'pg';
import type { WireCompany, WireConnection } from './codat';

type Row = {
  id: string;
  codat_company_id: string;
  platform_key: string | null;
  platform_name: string;
  integration_id: string | null;
  source_id: string | null;
  source_type: string;
  status: string;
  errors: { statusCode: string | null; message: string | null; state: string | null }[];
  codat_created_at: Date | null;
  last_sync_at: Date | null;
};

const time = (text: string | null | undefined) =>
  text ? new Date(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`).getTime() : null;

/** What the wire says of a connection, field by field, as text to compare. */
function told(connection: WireConnection): string {
  return JSON.stringify([
    connection.integrationKey,
    connection.platformName,
    connection.integrationId,
    connection.sourceId,
    connection.sourceType,
    connection.status,
    time(connection.created),
    time(connection.lastSync),
    (connection.dataConnectionErrors ?? []).map((error) => [
      String(error.statusCode ?? ''),
      error.errorMessage ?? null,
      error.status ?? null,
    ]),
  ]);
}

function held(row: Row): string {
  return JSON.stringify([
    row.platform_key,
    row.platform_name,
    row.integration_id,
    row.source_id,
    row.source_type,
    row.status,
    row.codat_created_at?.getTime() ?? null,
    row.last_sync_at?.getTime() ?? null,
    row.errors.map((error) => [error.statusCode ?? '', error.message, error.state]),
  ]);
}

/**
 * Every connection of these companies on which portal and Codat differ, in any field. It does not use
 * the portal's own comparison, which is what is tested.
 */
export async function findDifferences(db: Pool, atCodat: WireCompany[]): Promise<string[]> {
  const { rows } = await db.query<Row>(
    `select connections.*, companies.codat_company_id from connections
     join companies on companies.id = connections.company_id
     where removed_at is null and codat_company_id = any($1)`,
    [atCodat.map(({ id }) => id)],
  );
  const ours = new Map(rows.map((row) => [row.id, held(row)]));
  const codats = new Map(
    atCodat.flatMap(({ dataConnections }) =>
      dataConnections.map((connection) => [connection.id, told(connection)] as const),
    ),
  );
  return [...new Set([...ours.keys(), ...codats.keys()])]
    .filter((id) => ours.get(id) !== codats.get(id))
    .map((id) => `${id}: ${ours.get(id) ?? 'nothing'} ≠ ${codats.get(id) ?? 'nothing'}`);
}
