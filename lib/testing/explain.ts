import { getDb } from '@/db/client';

type Node = { 'Node Type': string; 'Relation Name'?: string; Plans?: Node[] };
type Root = Node & { 'Shared Hit Blocks': number; 'Shared Read Blocks': number };

/** Runs a query and tells which tables it read from end to end, and how many pages it touched. */
export async function explain(query: {
  toSQL: () => { sql: string; params: unknown[] };
}): Promise<{ scannedTables: string[]; pages: number; plan: string }> {
  const { sql, params } = query.toSQL();
  const { rows } = await getDb().$client.query<{ 'QUERY PLAN': { Plan: Root }[] }>(
    `explain (analyze, buffers, format json) ${sql}`,
    params,
  );
  const root = rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (!root) throw new Error('no plan');
  return {
    scannedTables: nodesOf(root)
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? '?'),
    pages: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
    plan: JSON.stringify(root, null, 1),
  };
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
