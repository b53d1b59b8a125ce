import { availableParallelism } from 'node:os';

const head = ['Benchmark', 'Figure', 'Value', 'Bound', 'Held'];

/** From here on the page is written by hand, and a run leaves it as it is. */
const byHand = '\n## Before and after\n';

/** docs/performance.md: the table, on what it was made, and what `before` says below it by hand. */
export function performancePage(figures, before = '') {
  const start = before.indexOf(byHand);
  return `# Figures

Made by \`npm run bench\`, which writes this page; the benchmarks are in \`bench/\`. This run had ${availableParallelism()} processor cores for benchmark, portal and PostgreSQL together, Node ${process.versions.node}, and the embedded PostgreSQL with its usual settings, without waiting for the disk. Times “in the database” are those of all queries of a page together, as the portal sees them; an “answer” ends with its last byte.

${describeBenchmarks(figures)}${start < 0 ? '' : before.slice(start)}`;
}

/** A Markdown table of figures, aligned for a terminal; a line for each, in the order taken. */
export function describeBenchmarks(figures) {
  const rows = figures.map(({ name, what, value, atLeast, atMost, held }, index) => [
    figures[index - 1]?.name === name ? '' : name,
    what,
    format(value),
    describeBound(atLeast, atMost),
    atLeast === undefined && atMost === undefined ? '' : held ? 'yes' : '**no**',
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...rows.map(line), ''].join('\n');
}

function describeBound(atLeast, atMost) {
  if (atLeast !== undefined && atMost !== undefined)
    return `${format(atLeast)} to ${format(atMost)}`;
  if (atMost !== undefined) return `≤ ${format(atMost)}`;
  return atLeast === undefined ? '' : `≥ ${format(atLeast)}`;
}

function format(value) {
  const digits = Number.isInteger(value) ? {} : { maximumSignificantDigits: 4 };
  return value.toLocaleString('en-GB', digits);
}
