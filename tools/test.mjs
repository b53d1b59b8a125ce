import { Problem } from './problem.mjs';
import { runScript } from './processes/lifetime.mjs';
import { step } from './progress.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { runBrowserTests } from './testing/run-browser-tests.mjs';
import { makeRunFolder } from './testing/run-folder.mjs';
import { runResilience } from './testing/run-resilience.mjs';
import { runUnitTests } from './testing/run-unit-tests.mjs';
import { startTestDatabases, testStackOptions } from './testing/start-test-stack.mjs';
import { runStaticChecks } from './testing/static-checks.mjs';
import { Totals } from './testing/totals.mjs';

const kinds = ['static', 'unit', 'e2e', 'resilience'];
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
  const { wanted, filters } = chooseTests();
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
  const run = { place, options, databases, filters };
  await attempt('unit', async () => totals.add(await runUnitTests(lifetime, run)));
  await attempt('e2e', async () => totals.add(await runBrowserTests(lifetime, run)));
  await attempt('resilience', async () => {
    const databaseUrl = await databases('portal_resilience');
    const attacks = { place, databaseUrl, form: 'short', filters };
    totals.add((await runResilience(lifetime, attacks)).counts);
  });
  return totals.failed > 0 ? 1 : 0;
}

/** Kinds by their names, or all; with one kind, what its tests' file names are to contain. */
function chooseTests() {
  const asked = [...process.argv.slice(2), ...(process.env.TEST_ONLY ?? '').split(',')].filter(
    Boolean,
  );
  const wanted = asked.filter((word) => kinds.includes(word));
  const filters = asked.filter((word) => !kinds.includes(word));
  if (filters.length > 0 && (wanted.length !== 1 || wanted[0] === 'static')) {
    throw new Problem(
      `"${filters[0]}" isn’t one of ${kinds.join(', ')}. To run some files, name a kind first: npm test e2e account`,
    );
  }
  return { wanted: wanted.length > 0 ? wanted : kinds, filters };
}
