import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from './paths.mjs';
import { runScript } from './processes/lifetime.mjs';
import { step } from './progress.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { describeAttacks } from './testing/describe-attacks.mjs';
import { runBrowserTests } from './testing/run-browser-tests.mjs';
import { makeRunFolder } from './testing/run-folder.mjs';
import { runResilience } from './testing/run-resilience.mjs';
import { runUnitTests } from './testing/run-unit-tests.mjs';
import { startTestDatabases, testStackOptions } from './testing/start-test-stack.mjs';
import { attackFiles, describeTested } from './testing/tested-attacks.mjs';
import { Totals } from './testing/totals.mjs';

// Makes every attack, those that have a long form in it, and writes docs/resilience.md. Words choose
// attacks by file name: then only these are made, and their table is printed.
const words = process.argv.slice(2);

runScript(async (lifetime) => {
  await ensurePackages(lifetime, 'npm run test:resilience');
  const place = makeRunFolder(lifetime, 'resilience');
  const databases = await step('Starting PostgreSQL', () => startTestDatabases(lifetime, place));
  const databaseUrl = await databases('portal_resilience');
  const attacks = await runResilience(lifetime, {
    ...{ place, databaseUrl, form: 'long', filters: words },
  });
  const run = { place, options: await testStackOptions(place), databases };
  const totals = new Totals();
  totals.add(attacks.counts);
  const results = attacks.results;
  if (words.length === 0) {
    totals.add(await runUnitTests(lifetime, { ...run, filters: attackFiles.unit }));
    totals.add(await runBrowserTests(lifetime, { ...run, filters: attackFiles.e2e }));
    results.push(...describeTested(place.folder));
  }
  const document = describeAttacks(results);
  if (words.length === 0) writeFileSync(join(rootDir, 'docs/resilience.md'), document);
  console.log(`\n${document}`);
  const broken = totals.failed > 0 || results.length === 0 || results.some(({ held }) => !held);
  if (broken) console.log(`Logs of this run: ${place.logs}`);
  else place.removeOnSuccess();
  console.log(`${results.filter(({ held }) => held).length} of ${results.length} held`);
  return broken ? 1 : 0;
});
