import { provideBuilds } from './building/provide-builds.mjs';
import { runScript } from './processes/lifetime.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { browserEnvironment } from './testing/browser-environment.mjs';
import { makeRunFolder } from './testing/run-folder.mjs';
import { runPlaywright } from './testing/run-reported.mjs';
import {
  startTestDatabases,
  startTestStack,
  testStackOptions,
} from './testing/start-test-stack.mjs';

// Takes the pictures of docs/screenshots/ anew, from a fresh portal with the demo data.
runScript(async (lifetime) => {
  await ensurePackages(lifetime, 'npm run screenshots');
  const place = makeRunFolder(lifetime, 'screenshots');
  const databases = await startTestDatabases(lifetime, place);
  const browser = await ensureBrowser(lifetime);
  const builds = await provideBuilds(lifetime, place.folder);
  const options = await testStackOptions(place);
  const databaseUrl = await databases('portal_screenshots');
  const stack = await startTestStack(lifetime, options, { ...builds, databaseUrl });
  const env = {
    ...browserEnvironment(stack, { browser, ...builds }),
    SCREENSHOTS: '1',
  };
  const { folder } = place;
  const counts = await runPlaywright(lifetime, { env, folder, projects: ['screenshots'] });
  console.log(`\n${counts.passed} taken, ${counts.failed} failed`);
  return counts.failed > 0 ? 1 : 0;
});
