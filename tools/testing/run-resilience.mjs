import { join } from 'node:path';
import { neutralEnvironment } from '../building/portal-variables.mjs';
import { provideBuilds } from '../building/provide-builds.mjs';
import { Problem } from '../problem.mjs';
import { provideJudge } from './independent-judge.mjs';
import { readLines } from './read-lines.mjs';
import { runAttacks } from './run-reported.mjs';

/**
 * Makes the attacks in their `short` or `long` form against the production build. Answers
 * `{counts, results}`: how many held, and a line for each with its figures. `filters` name files.
 * Without a `judge` one is looked for, and what needs it is skipped where there is none.
 */
export async function runResilience(lifetime, { place, databaseUrl, form, filters, judge }) {
  const found = judge ?? (await findJudge(lifetime, place, filters));
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
      ...(found && { CODAT_OPENAPI: found.schema, PRISM_MAIN: found.prism }),
    },
  });
  return { counts, results: readLines(resultsFile) };
}

async function findJudge(lifetime, place, filters = []) {
  const isWanted = filters.length === 0 || filters.some((word) => 'independent'.includes(word));
  if (!isWanted) return null;
  try {
    return await provideJudge(lifetime, place);
  } catch (error) {
    lifetime.throwIfEnding();
    if (!(error instanceof Problem)) throw error;
    console.log(`The published OpenAPI as judge is skipped: ${error.message}`);
    return null;
  }
}
