import { Problem } from './problem.mjs';
import { runScript } from './processes/lifetime.mjs';
import { step } from './progress.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { chooseTests } from './testing/choose-tests.mjs';
import { runBrowserTests } from './testing/run-browser-tests.mjs';
import { makeRunFolder } from './testing/run-folder.mjs';
import { runResilience } from './testing/run-resilience.mjs';
import { runUnitTests } from './testing/run-unit-tests.mjs';
import { startTestDatabases, testStackOptions } from './testing/start-test-stack.mjs';
import { runStaticChecks } from './testing/static-checks.mjs';
import { Totals } from './testing/totals.mjs';

const totals = new Totals();
let place;

runScript(main, {
  onEnd(code) {
    // An interrupted or broken run has not shown that all is well.
    if (code !== 0 && totals.failed === 0) totals.add({ failed: 1 });
    if (totals.failed > 0 && place) console.log(`\nLogs of this run: ${place.logs}`);
    else place?.removeOnSuccess();
    console.log(`\n${totals}`);
    return totals.failed > 0 ? code || 1 : 0;
  },
});

async function main(lifetime) {
  const asked = [...process.argv.slice(2), ...(process.env.TEST_ONLY ?? '').split(',')];
  const { wanted, filters, since, leftOut } = chooseTests(asked.filter(Boolean));
  if (leftOut.length > 0) console.log(`${leftOut.join('\n')}\n`);
  await ensurePackages(lifetime, 'npm test');
  place = makeRunFolder(lifetime, 'test');
  const databases = await step('Starting PostgreSQL', () => startTestDatabases(lifetime, place));

  const attempt = async (kind, work) => {
    if (!wanted.includes(kind)) return;
    try {
      await work();
    } catch (error) {
      lifetime.throwIfEnding();
      console.log(
        `✗ ${kind} tests could not run:`,
        error instanceof Problem ? error.message : error,
      );
      totals.add({ failed: 1 });
    }
  };
  const options = await testStackOptions(place);
  await attempt('static', () => runStaticChecks(lifetime, totals));
  const run = { place, options, databases };
  await attempt('unit', async () => {
    const unit = { ...run, filters: filters.unit, since };
    totals.add(await runUnitTests(lifetime, unit));
  });
  await attempt('e2e', async () => {
    totals.add(await runBrowserTests(lifetime, { ...run, filters: filters.e2e }));
  });
  await attempt('resilience', async () => {
    const databaseUrl = await databases('portal_resilience');
    const attacks = { place, databaseUrl, form: 'short', filters: filters.resilience };
    totals.add((await runResilience(lifetime, attacks)).counts);
  });
  return totals.failed > 0 ? 1 : 0;
}
