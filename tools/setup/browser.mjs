import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { dataDir, rootDir } from '../paths.mjs';
import { runOrThrow } from '../processes/run.mjs';
import { step } from '../progress.mjs';
import { nodeBinary } from './node-binary.mjs';

// The shell first: the same engine without the browser's own windows, for half of the CPU time.
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const debianPackages = ['chromium-headless-shell', 'chromium'];

/**
 * Path of a Chromium for the browser tests, installing one where there is none; undefined where it
 * is Playwright's own, which Playwright finds by itself. `CHROMIUM_PATH` wins.
 */
export async function ensureBrowser(lifetime) {
  const found = findBrowser();
  if (found) return found;
  return await step('Installing a browser', async () => {
    if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
      await installWithApt(lifetime).catch(() => lifetime.throwIfEnding());
      const installed = findBrowser();
      if (installed) return installed;
    }
    await runOrThrow(lifetime, {
      name: 'playwright install',
      command: nodeBinary(),
      args: [
        join(rootDir, 'node_modules/playwright/cli.js'),
        'install',
        '--only-shell',
        'chromium',
      ],
      cwd: rootDir,
      env: process.env,
      log: join(dataDir, 'logs', 'browser.log'),
    });
    return undefined;
  });
}

function findBrowser() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  candidates.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  return candidates.find((file) => existsSync(file));
}

async function installWithApt(lifetime) {
  const apt = (...args) =>
    runOrThrow(lifetime, {
      name: `apt-get ${args[0]}`,
      command: 'apt-get',
      args: ['-q', ...args],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      log: join(dataDir, 'logs', 'browser.log'),
    });
  await apt('update');
  for (const name of debianPackages) {
    await apt('install', '-y', '--no-install-recommends', name).catch(lifetime.throwIfEnding);
    if (findBrowser()) return;
  }
}
