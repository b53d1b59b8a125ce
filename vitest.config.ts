import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      // Throws outside Next.js, by design of that package.
      'server-only': fileURLToPath(new URL('./testing/nothing.ts', import.meta.url)),
    },
  },
  test: {
    include: ['**/*.test.{ts,tsx,mjs}'],
    exclude: ['node_modules/**', '.next/**', '.build/**', '.data/**', 'e2e/**'],
    globalSetup: ['testing/global-setup.ts'],
    setupFiles: ['testing/worker-setup.ts'],
    // What no test imports and all rest on: `npm test -- --changed` then runs every test.
    forceRerunTriggers: [
      ...configDefaults.forceRerunTriggers,
      '**/db/migrations/**',
      '**/testing/{global,worker}-setup.ts',
    ],
    maxWorkers: 2,
    // Ends what hangs; how long something takes is for benchmarks to say.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
