import { join } from 'node:path';
import { provideBuilds } from '../building/provide-builds.mjs';
import { ensureBrowser } from '../setup/browser.mjs';
import { browserEnvironment } from './browser-environment.mjs';
import { recording } from './record-answers.mjs';
import { runPlaywright } from './run-reported.mjs';
import { startTestStack } from './start-test-stack.mjs';

/**
 * Runs the browser tests against a stack of their own, all or those whose file names contain one of
 * `filters`, and answers their counts. Their report is `playwright.json` in the folder.
 */
export async function runBrowserTests(lifetime, { place, options, databases, filters }) {
  const browser = await ensureBrowser(lifetime);
  const builds = await provideBuilds(lifetime, place.folder);
  const databaseUrl = await databases('portal_e2e');
  const base = { ...options.base, ...recording(join(place.folder, 'record')) };
  const stack = await startTestStack(lifetime, { ...options, base }, { ...builds, databaseUrl });
  const env = browserEnvironment(stack, { browser, ...builds });
  const projects = ['e2e-longest', 'e2e'];
  return await runPlaywright(lifetime, { env, folder: place.folder, projects, filters });
}
