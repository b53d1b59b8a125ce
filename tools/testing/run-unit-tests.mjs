import { stackEnvironments } from '../stack/environment.mjs';
import { runVitest } from './run-reported.mjs';
import { prepareUnitDatabase } from './start-test-stack.mjs';
import { Totals } from './totals.mjs';

/** Tests that read the files of the checkout instead of importing them. */
const rules = 'architecture/';

/**
 * Runs the unit and integration tests on a database of their own, all or those whose file names
 * contain one of `filters`, and answers their counts. Their report is `vitest.json` in the folder.
 * With `since`, those that import what has changed since that commit, and the rules of the checkout,
 * which read all files.
 */
export async function runUnitTests(lifetime, { place, options, databases, filters, since }) {
  const databaseUrl = await databases('portal_unit');
  const env = stackEnvironments({ ...options, databaseUrl }).portal;
  // Vitest's own, and not the one that a production server is to see.
  env.NODE_ENV = 'test';
  await prepareUnitDatabase(lifetime, place, env);
  const run = { env, folder: place.folder };
  if (!since) return await runVitest(lifetime, { ...run, filters });
  const counts = new Totals();
  counts.add(await runVitest(lifetime, { ...run, filters: [rules] }));
  counts.add(await runVitest(lifetime, { ...run, since }));
  return counts;
}
