import { runScript } from './processes/lifetime.mjs';
import { step } from './progress.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { makeRunFolder } from './testing/run-folder.mjs';
import { runResilience } from './testing/run-resilience.mjs';
import { startTestDatabases } from './testing/start-test-stack.mjs';

// Backs a portal's database up, destroys it, restores it, and compares all with the local Codat:
// resilience/restore.attack.ts in its long form, or with --short in that of npm test.
runScript(async (lifetime) => {
  await ensurePackages(lifetime, 'npm run rehearse:restore');
  const place = makeRunFolder(lifetime, 'resilience');
  const databases = await step('Starting PostgreSQL', () => startTestDatabases(lifetime, place));
  const { counts, results } = await runResilience(lifetime, {
    place,
    databaseUrl: await databases('portal_resilience'),
    form: process.argv.includes('--short') ? 'short' : 'long',
    filters: ['restore'],
  });
  for (const { holds, held, figures } of results) {
    console.log(`\n${held ? 'Held' : 'DID NOT HOLD'}: ${holds}`);
    for (const [what, value] of figures) console.log(`  ${what}: ${value}`);
  }
  if (counts.failed > 0) console.log(`Logs of this run: ${place.logs}`);
  else place.removeOnSuccess();
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
});
