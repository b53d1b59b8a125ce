import { getDb } from '@/db/client';

type Node = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  Plans?: Node[];
};
type Root = Node & { 'Shared Hit Blocks': number; 'Shared Read Blocks': number };

/**
 * Runs a query and tells which tables it read from end to end, how many pages it touched, and how
 * many rows it sorted at most. `settings` are made before, as in `set local enable_seqscan = off`.
 */
export async function explain(
  query: { toSQL: () => { sql: string; params: unknown[] } },
  settings = '',
): Promise<{ scannedTables: string[]; pages: number; sortedRows: number; plan: string }> {
  const { sql, params } = query.toSQL();
  const root = await planOf(sql, params, settings);
  const nodes = nodesOf(root);
  const sorts = nodes.filter((node) => node['Node Type'].endsWith('Sort'));
  return {
    scannedTables: nodes
      .filter((node) => node['Node Type'] === 'Seq Scan')
      .map((node) => node['Relation Name'] ?? '?'),
    pages: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
    sortedRows: Math.max(0, ...sorts.map(({ Plans }) => Plans?.[0]?.['Actual Rows'] ?? 0)),
    plan: JSON.stringify(root, null, 1),
  };
}

async function planOf(sql: string, params: unknown[], settings: string): Promise<Root> {
  const client = await getDb().$client.connect();
  try {
    await client.query(`begin; ${settings}`);
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Root }[] }>(
      `explain (analyze, buffers, format json) ${sql}`,
      params,
    );
    const root = rows[0]?.['QUERY PLAN'][0]?.Plan;
    if (!root) throw new Error('no plan');
    return root;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
