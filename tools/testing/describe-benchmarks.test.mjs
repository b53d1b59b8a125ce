import { expect, it } from 'vitest';
import { describeBenchmarks, performancePage } from './describe-benchmarks.mjs';

it('is a table that names a benchmark once and says which bound did not hold', () => {
  const name = 'Reading';
  const lines = describeBenchmarks([
    { name, what: 'pages', value: 12_345, held: true },
    { name, what: 'p95 ms', value: 61.238, atMost: 50, held: false },
    { name, what: 'ratio', value: 1.004, atLeast: 0.9, atMost: 1.1, held: true },
  ]).split('\n');
  const cells = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  expect(cells.slice(2, -1)).toEqual([
    ['Reading', 'pages', '12,345', '', ''],
    ['', 'p95 ms', '61.24', '≤ 50', '**no**'],
    ['', 'ratio', '1.004', '0.9 to 1.1', 'yes'],
  ]);
  expect(new Set(lines.slice(0, -1).map(({ length }) => length)).size).toBe(1);
});

it('leaves what is written by hand below it as it is', () => {
  const figures = [{ name: 'Reading', what: 'pages', value: 1, held: true }];
  const page = performancePage(figures, '# Old\n\n| old |\n\n## Before and after\n\nMore.\n');
  expect(page).toContain('| Reading');
  expect(page).not.toContain('old');
  expect(page.endsWith('|\n\n## Before and after\n\nMore.\n')).toBe(true);
  expect(performancePage(figures, page)).toBe(page);
});
