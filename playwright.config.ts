import { defineConfig } from '@playwright/test';

// tools/test.mjs starts portal and local Codat, and says here where they are.
const { BASE_URL, CHROMIUM_PATH, PLAYWRIGHT_OUTPUT, PLAYWRIGHT_REPORT } = process.env;
const { RUN_RECORD, SCREENSHOTS, TRACE } = process.env;

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// Searches what the portal has said to all the others, if that was kept.
const wholeRun = { name: 'whole-run', testDir: 'e2e', testMatch: 'whole-run.ts' };
const screenshots = { name: 'screenshots', testDir: 'e2e', testMatch: 'screenshots.ts' };

// Their tests follow each other or wait long, half a minute and more by the reports of whole runs. They
// begin first, so that no worker is left with one of them in the end.
const longest = [
  'access-matrix',
  'set-up',
  'settings',
  'admin-overview',
  'leaks',
  'standalone',
  'oidc',
  'one-time-links',
  'assumptions',
].map((name) => `**/${name}.spec.ts`);

const browserTests = {
  testDir: 'e2e',
  ...(RUN_RECORD && { teardown: wholeRun.name }),
};

export default defineConfig({
  // One more than two processors: most tests wait for the portal now and then.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  outputDir: PLAYWRIGHT_OUTPUT ?? 'test-results',
  reporter: [
    [process.stdout.isTTY ? 'line' : 'list'],
    ['json', { outputFile: PLAYWRIGHT_REPORT ?? 'test-results/report.json' }],
  ],
  use: {
    baseURL: BASE_URL,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    // What it takes to keep one is a quarter of the browser's time.
    trace: TRACE ? 'retain-on-failure' : 'off',
    launchOptions: { executablePath: CHROMIUM_PATH || undefined, args: quiet },
  },
  projects: [
    { ...browserTests, name: 'e2e-longest', testMatch: longest },
    { ...browserTests, name: 'e2e', testMatch: '**/*.spec.ts', testIgnore: longest },
    ...(RUN_RECORD ? [wholeRun] : []),
    ...(SCREENSHOTS ? [screenshots] : []),
  ],
});
