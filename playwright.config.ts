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

export default defineConfig({
  workers: 2,
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
    {
      name: 'e2e',
      testDir: 'e2e',
      testMatch: '**/*.spec.ts',
      ...(RUN_RECORD && { teardown: wholeRun.name }),
    },
    ...(RUN_RECORD ? [wholeRun] : []),
    ...(SCREENSHOTS ? [screenshots] : []),
  ],
});
