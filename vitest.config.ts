import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

const files = {
  include: ['**/*.test.{ts,tsx,mjs}'],
  exclude: ['node_modules/**', '.next/**', '.build/**', '.data/**', 'e2e/**'],
};

/** What changes the process for the tests after it, or is changed by those before: settings, clocks. */
const changesProcess =
  /startLocalCodat|makeOwnDatabase|@codat\/platform|observeRequests|process\.env|globalThis|\bvi\.|\$client\.end/;

const alone = globSync(files.include, { cwd: root, exclude: files.exclude }).filter((file) =>
  changesProcess.test(readFileSync(`${root}${file}`, 'utf8')),
);

const shared = {
  setupFiles: ['testing/worker-setup.ts'],
  // Ends what hangs; how long something takes is for benchmarks to say.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

const resolve = {
  alias: {
    '@': root.replace(/\/$/, ''),
    // Throws outside Next.js, by design of that package.
    'server-only': fileURLToPath(new URL('./testing/nothing.ts', import.meta.url)),
  },
};

export default defineConfig({
  resolve,
  test: {
    globalSetup: ['testing/global-setup.ts'],
    // What no test imports and all rest on: `npm test -- --changed` then runs every test.
    forceRerunTriggers: [
      ...configDefaults.forceRerunTriggers,
      '**/db/migrations/**',
      '**/db/functions.sql',
      '**/testing/{global,worker}-setup.ts',
    ],
    maxWorkers: 2,
    projects: [
      {
        resolve,
        // Loading what they import took most of their time, so a worker loads it once for all files.
        test: {
          ...shared,
          ...files,
          name: 'shared',
          exclude: [...files.exclude, ...alone],
          isolate: false,
        },
      },
      { resolve, test: { ...shared, name: 'alone', include: alone } },
    ],
  },
});
