import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from './paths.mjs';
import { runScript } from './processes/lifetime.mjs';
import { step } from './progress.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { describeAttacks } from './testing/describe-attacks.mjs';
import { makeRunFolder } from './testing/run-folder.mjs';
import { runResilience } from './testing/run-resilience.mjs';
import { startTestDatabases } from './testing/start-test-stack.mjs';

// Makes every attack in its long form and writes docs/resilience.md.
runScript(async (lifetime) => {
  await ensurePackages(lifetime, 'npm run test:resilience');
  const place = makeRunFolder(lifetime, 'resilience');
  const databases = await step('Starting PostgreSQL', () => startTestDatabases(lifetime, place));
  const databaseUrl = await databases('portal_resilience');
  const { counts, results } = await runResilience(lifetime, { place, databaseUrl, form: 'long' });
  const document = describeAttacks(results);
  writeFileSync(join(rootDir, 'docs/resilience.md'), document);
  console.log(`\n${document}`);
  if (counts.failed > 0) console.log(`Logs of this run: ${place.logs}`);
  else place.removeOnSuccess();
  console.log(`${counts.passed} held, ${counts.failed} did not`);
  return counts.failed > 0 ? 1 : 0;
});
