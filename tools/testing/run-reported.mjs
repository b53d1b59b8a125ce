import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../paths.mjs';
import { run } from '../processes/run.mjs';
import { nodeBinary } from '../setup/node-binary.mjs';
import { countPlaywright, countVitest } from './totals.mjs';

/**
 * Runs Vitest, on files whose names contain one of `filters`, or all, and answers its counts. With
 * `since`, on those that import what has changed since that commit.
 */
export async function runVitest(lifetime, { env, folder, filters = [], since }) {
  const report = join(folder, 'vitest.json');
  const changed = ['--changed', since, '--passWithNoTests'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runTool(
    lifetime,
    'Vitest',
    ['vitest/vitest.mjs', 'run', ...filters, ...(since ? changed : []), ...reporters],
    env,
  );
  return countVitest(readReport(report), code);
}

/** Makes the attacks whose file names contain one of `filters`, or all, and answers their counts. */
export async function runAttacks(lifetime, { env, folder, filters = [] }) {
  const report = join(folder, 'attacks.json');
  const code = await runTool(
    lifetime,
    'The attacks',
    [
      ...['vitest/vitest.mjs', 'run', '--config', 'vitest.resilience.config.ts', ...filters],
      ...['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`],
    ],
    env,
  );
  return countVitest(readReport(report), code);
}

/** Runs the benchmarks whose file names contain one of `filters`, or all, and answers their counts. */
export async function runBenchmarks(lifetime, { env, folder, filters }) {
  const report = join(folder, 'bench.json');
  const code = await runTool(
    lifetime,
    'The benchmarks',
    [
      ...['vitest/vitest.mjs', 'run', '--config', 'vitest.bench.config.ts', ...filters],
      ...['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`],
    ],
    env,
  );
  return countVitest(readReport(report), code);
}

/** Runs projects of playwright.config.ts, or some files of them, and answers their counts. */
export async function runPlaywright(lifetime, { env, folder, projects, filters = [] }) {
  const report = join(folder, 'playwright.json');
  const chosen = projects.map((name) => `--project=${name}`);
  const args = ['@playwright/test/cli.js', 'test', ...filters, ...chosen];
  const code = await runTool(lifetime, 'Playwright', args, {
    ...env,
    PLAYWRIGHT_REPORT: report,
    PLAYWRIGHT_OUTPUT: join(folder, 'playwright'),
  });
  return countPlaywright(readReport(report), code);
}

async function runTool(lifetime, name, [script, ...args], env) {
  const code = await run(lifetime, {
    name,
    command: nodeBinary(),
    args: [join(rootDir, 'node_modules', script), ...args],
    cwd: rootDir,
    env,
    graceMs: 5_000,
  });
  lifetime.throwIfEnding();
  return code;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
