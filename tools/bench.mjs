import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provideBuilds } from './building/provide-builds.mjs';
import { rootDir } from './paths.mjs';
import { runScript } from './processes/lifetime.mjs';
import { step } from './progress.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { stackEnvironments } from './stack/environment.mjs';
import { describeBenchmarks, performancePage } from './testing/describe-benchmarks.mjs';
import { readLines } from './testing/read-lines.mjs';
import { makeRunFolder } from './testing/run-folder.mjs';
import { runBenchmarks } from './testing/run-reported.mjs';
import {
  prepareUnitDatabase,
  startTestDatabases,
  testStackOptions,
} from './testing/start-test-stack.mjs';

// Runs every bench/*.bench.ts and writes docs/performance.md, or those alone whose names the arguments
// are part of. Prints a table.
runScript(async (lifetime) => {
  await ensurePackages(lifetime, 'npm run bench');
  const place = makeRunFolder(lifetime, 'bench');
  const databases = await step('Starting PostgreSQL', () => startTestDatabases(lifetime, place));
  const options = await testStackOptions(place);
  const databaseUrl = await databases('portal_bench');
  const env = stackEnvironments({ ...options, databaseUrl }).portal;
  env.NODE_ENV = 'test';
  env.BENCH_RESULTS = join(place.folder, 'bench.jsonl');
  await prepareUnitDatabase(lifetime, place, env);
  env.PORTAL_DIR = (await provideBuilds(lifetime, place.folder)).portalDir;
  const filters = process.argv.slice(2);
  const counts = await runBenchmarks(lifetime, { env, folder: place.folder, filters });
  const figures = readLines(env.BENCH_RESULTS);
  console.log(`\n${describeBenchmarks(figures)}`);
  if (filters.length === 0) {
    const page = join(rootDir, 'docs/performance.md');
    writeFileSync(page, performancePage(figures, readFileSync(page, 'utf8')));
  }
  if (counts.failed > 0) console.log(`Logs of this run: ${place.logs}`);
  else place.removeOnSuccess();
  console.log(`${counts.passed} held, ${counts.failed} didn’t`);
  return counts.failed > 0 ? 1 : 0;
});
