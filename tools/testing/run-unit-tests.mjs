import { stackEnvironments } from '../stack/environment.mjs';
import { runVitest } from './run-reported.mjs';
import { prepareUnitDatabase } from './start-test-stack.mjs';

/**
 * Runs the unit and integration tests on a database of their own, all or those whose file names
 * contain one of `filters`, and answers their counts. Their report is `vitest.json` in the folder.
 */
export async function runUnitTests(lifetime, { place, options, databases, filters }) {
  const databaseUrl = await databases('portal_unit');
  const env = stackEnvironments({ ...options, databaseUrl }).portal;
  // Vitest's own, and not the one that a production server is to see.
  env.NODE_ENV = 'test';
  await prepareUnitDatabase(lifetime, place, env);
  return await runVitest(lifetime, { env, folder: place.folder, filters });
}
