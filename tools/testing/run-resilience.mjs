import { join } from 'node:path';
import { neutralEnvironment } from '../building/portal-variables.mjs';
import { provideBuilds } from '../building/provide-builds.mjs';
import { readLines } from './read-lines.mjs';
import { runAttacks } from './run-reported.mjs';

/**
 * Makes the attacks in their `short` or `long` form against the production build. Answers
 * `{counts, results}`: how many held, and a line for each with its figures. `filters` name files.
 */
export async function runResilience(lifetime, { place, databaseUrl, form, filters }) {
  const { portalDir, sandboxDir } = await provideBuilds(lifetime, place.folder);
  const folder = join(place.folder, 'resilience');
  const resultsFile = join(place.folder, 'attacks.jsonl');
  const counts = await runAttacks(lifetime, {
    folder: place.folder,
    filters,
    env: {
      ...neutralEnvironment(),
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      PORTAL_DIR: portalDir,
      SANDBOX_DIR: sandboxDir,
      RESILIENCE_FOLDER: folder,
      RESILIENCE_FORM: form,
      RESILIENCE_RESULTS: resultsFile,
    },
  });
  return { counts, results: readLines(resultsFile) };
}
