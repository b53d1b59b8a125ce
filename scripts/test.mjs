import { join } from 'node:path';
import { ensurePortalBuild, ensureSandboxBuild } from './building/store.mjs';
import { Problem } from './problem.mjs';
import { runScript } from './processes/lifetime.mjs';
import { step } from './progress.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { stackEnvironments } from './stack/environment.mjs';
import { browserEnvironment } from './testing/browser-environment.mjs';
import { recording } from './testing/record-answers.mjs';
import { makeRunFolder } from './testing/run-folder.mjs';
import { runPlaywright, runVitest } from './testing/run-reported.mjs';
import { runResilience } from './testing/run-resilience.mjs';
import {
  prepareUnitDatabase,
  startTestDatabases,
  startTestStack,
  testStackOptions,
} from './testing/start-test-stack.mjs';
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
  await attempt('unit', async () => {
    const databaseUrl = await databases('portal_unit');
    const env = stackEnvironments({ ...options, databaseUrl }).portal;
    // Vitest's own, and not the one that a production server is to see.
    env.NODE_ENV = 'test';
    await prepareUnitDatabase(lifetime, place, env);
    totals.add(await runVitest(lifetime, { env, folder: place.folder, filters }));
  });
  await attempt('e2e', () => runBrowserTests(lifetime, options, databases, filters));
  await attempt('resilience', async () => {
    const databaseUrl = await databases('portal_resilience');
    const run = { place, databaseUrl, form: 'short', filters };
    totals.add((await runResilience(lifetime, run)).counts);
  });
  return totals.failed > 0 ? 1 : 0;
}

async function runBrowserTests(lifetime, options, databases, filters) {
  const browser = await ensureBrowser(lifetime);
  const sandboxDir = await ensureSandboxBuild(lifetime);
  const portalDir = await ensurePortalBuild(lifetime);
  const databaseUrl = await databases('portal_e2e');
  const base = { ...options.base, ...recording(join(place.folder, 'record')) };
  const builds = { portalDir, sandboxDir, databaseUrl };
  const stack = await startTestStack(lifetime, { ...options, base }, builds);
  const env = browserEnvironment(stack, { browser, portalDir, sandboxDir });
  const { folder } = place;
  totals.add(await runPlaywright(lifetime, { env, folder, project: 'e2e', filters }));
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
      `"${filters[0]}" is none of ${kinds.join(', ')}. To run some files, name one kind: npm test e2e account`,
    );
  }
  return { wanted: wanted.length > 0 ? wanted : kinds, filters };
}
