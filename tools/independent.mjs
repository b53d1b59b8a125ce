import { runScript } from './processes/lifetime.mjs';
import { step } from './progress.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { provideJudge } from './testing/independent-judge.mjs';
import { makeRunFolder } from './testing/run-folder.mjs';
import { runResilience } from './testing/run-resilience.mjs';
import { startTestDatabases } from './testing/start-test-stack.mjs';
import { Totals } from './testing/totals.mjs';

// `npm run test:independent`: portal, doctor, setup and local Codat before a judge that this project
// did not write. A part of `npm test` too, where the judge can be had; here it has to.
runScript(async (lifetime) => {
  await ensurePackages(lifetime, 'npm run test:independent');
  const place = makeRunFolder(lifetime, 'independent');
  const judge = await provideJudge(lifetime, place);
  const databases = await step('Starting PostgreSQL', () => startTestDatabases(lifetime, place));
  const databaseUrl = await databases('portal_independent');
  const filters = ['independent'];
  const attacks = { place, databaseUrl, form: 'short', filters, judge };
  const totals = new Totals();
  totals.add((await runResilience(lifetime, attacks)).counts);
  if (totals.failed > 0) console.log(`\nLogs of this run: ${place.logs}`);
  else place.removeOnSuccess();
  console.log(`\n${totals}`);
  return totals.failed > 0 ? 1 : 0;
});
