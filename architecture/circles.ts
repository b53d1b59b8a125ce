import { type Edge, isTest, type Violation } from './import-graph';

type Graph = Map<string, Set<string>>;

function toGraph(pairs: [string, string][]): Graph {
  const graph: Graph = new Map();
  for (const [from, to] of pairs) {
    if (from === to) continue;
    graph.set(from, (graph.get(from) ?? new Set()).add(to));
  }
  return graph;
}

/** One circle for each group of nodes that can reach each other, shortest way round. */
function findCircles(graph: Graph): string[][] {
  const seen = new Set<string>();
  const circles: string[][] = [];
  for (const start of [...graph.keys()].sort()) {
    if (seen.has(start)) continue;
    const circle = wayBack(graph, start);
    if (!circle) continue;
    for (const node of circle) seen.add(node);
    circles.push(circle);
  }
  return circles;
}

function wayBack(graph: Graph, start: string): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of [...(graph.get(node) ?? [])].sort()) {
      if (next === start) return [...pathTo(cameFrom, node, start), start];
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return null;
}

function pathTo(cameFrom: Map<string, string>, end: string, start: string): string[] {
  const path = [end];
  for (let node = end; node !== start; ) {
    node = cameFrom.get(node) ?? start;
    path.unshift(node);
  }
  return path;
}

/** Files that import each other in a circle. Imports of types do not count: they do not run. */
export function checkFileCircles(edges: Edge[]): Violation[] {
  const pairs = edges.flatMap(({ from, to, typeOnly }): [string, string][] =>
    to === null || typeOnly ? [] : [[from, to]],
  );
  return findCircles(toGraph(pairs)).map((circle) => `${circle.join(' → ')}: a circle of files`);
}

/** Shared words of several domains: they belong to no one's inside. */
const isVocabulary = (path: string) => path.endsWith('/schemas.ts');

/** The domain of a file of lib; files that lie in lib itself are one domain, `lib`. */
function domainOf(path: string): string | null {
  if (!path.startsWith('lib/') || isVocabulary(path) || isTest(path)) return null;
  const [, folder = '', rest] = path.split('/');
  return rest === undefined ? 'lib' : `lib/${folder}`;
}

/** Domains of lib that import each other in a circle, types included. */
export function checkDomainCircles(edges: Edge[]): Violation[] {
  const between = edges.flatMap((edge) => {
    const [from, to] = [domainOf(edge.from), edge.to === null ? null : domainOf(edge.to)];
    return from && to && from !== to ? [{ edge, from, to }] : [];
  });
  const pairs = between.map(({ from, to }): [string, string] => [from, to]);
  return findCircles(toGraph(pairs)).map((circle) => {
    const steps = circle.slice(0, -1).map((from, index) => {
      const step = between.find((item) => item.from === from && item.to === circle[index + 1]);
      return `${step?.edge.from} → ${step?.edge.specifier}`;
    });
    return `${circle.join(' → ')}: a circle of domains (${steps.join(', ')})`;
  });
}
