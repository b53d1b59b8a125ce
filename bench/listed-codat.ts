import { createServer } from 'node:http';
import { asc, inArray, isNull, sql } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';

export type ListedCodat = { fill: (pageSize: number) => Promise<void>; stop: () => void };

/**
 * A Codat that lists exactly what the portal holds, and points this process at it. Start it before
 * the environment is first read. `fill` makes its answers beforehand, so that it asks the database
 * nothing while the portal is measured.
 */
export async function startListedCodat(): Promise<ListedCodat> {
  let pages: unknown[][] = [];
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('page'));
    const [results, totalResults] = [pages[page - 1] ?? [], pages.flat().length];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ results, totalResults }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  process.env.CODAT_API_URL = `http://127.0.0.1:${address.port}`;
  return {
    async fill(pageSize) {
      pages = await makePages(pageSize);
    },
    stop: () => server.close(),
  };
}

async function makePages(pageSize: number): Promise<unknown[][]> {
  const listed = await getDb()
    .select({
      companyId: companies.id,
      id: companies.codatCompanyId,
      name: sql<string>`case when ${companies.origin} = 'codat' then ${companies.name} else ${companies.id}::text end`,
      created: companies.codatCreatedAt,
      tags: companies.tags,
    })
    .from(companies)
    .where(sql`codat_company_id is not null and codat_deleted_at is null`)
    .orderBy(asc(companies.codatCreatedAt));
  const pages: unknown[][] = [];
  for (let start = 0; start < listed.length; start += pageSize) {
    const some = listed.slice(start, start + pageSize);
    const ids = some.map(({ companyId }) => companyId);
    const held = await getDb()
      .select()
      .from(connections)
      .where(sql`${inArray(connections.companyId, ids)} and ${isNull(connections.removedAt)}`);
    const byCompany = Map.groupBy(held, ({ companyId }) => companyId);
    pages.push(
      some.map(({ companyId, ...company }) => ({
        ...company,
        dataConnections: (byCompany.get(companyId) ?? []).map((row) => ({
          ...{ id: row.id, integrationKey: row.platformKey, integrationId: row.integrationId },
          ...{ sourceId: row.sourceId, sourceType: row.sourceType, status: row.status },
          ...{ platformName: row.platformName, dataConnectionErrors: row.errors },
          ...{ created: row.codatCreatedAt, lastSync: row.lastSyncAt },
        })),
      })),
    );
  }
  return pages;
}
