import { execFileSync } from 'node:child_process';
import { rootDir } from './paths.mjs';

// How long the product's files are: node tools/count-files.mjs [revision]
const revision = process.argv[2] ?? 'HEAD';
const folders = ['app', 'components', 'lib', 'db'];
const git = ['grep', '--count', '', revision, '--', ...folders];
const output = execFileSync('git', git, { cwd: rootDir, encoding: 'utf8', maxBuffer: 2 ** 26 });

const files = output
  .split('\n')
  .map((line) => line.match(/^[^:]+:(?<path>.+\.tsx?):(?<lines>\d+)$/)?.groups)
  .filter((file) => file && !/\.test\.tsx?$|\/testing\//.test(file.path))
  .map(({ path, lines }) => ({ path, lines: Number(lines) }))
  .sort((a, b) => a.lines - b.lines);
const atShare = (share) => files[Math.ceil(files.length * share) - 1];
const short = files.filter(({ lines }) => lines <= 30).length;
const total = files.reduce((sum, { lines }) => sum + lines, 0);

console.log(`${files.length} files and ${total} lines in ${folders.join(', ')} at ${revision}`);
console.log(`median ${atShare(0.5).lines}, p90 ${atShare(0.9).lines}`);
console.log(`30 lines or fewer: ${short} (${Math.round((100 * short) / files.length)} %)`);
console.log(`largest: ${atShare(1).lines} (${atShare(1).path})`);
