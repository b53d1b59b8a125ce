import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

// The benchmarks: tools/bench.mjs brings their database. One after the other, for they measure.
export default defineConfig({
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      'server-only': fileURLToPath(new URL('./testing/nothing.ts', import.meta.url)),
    },
  },
  test: {
    include: ['bench/**/*.bench.ts'],
    globalSetup: ['testing/global-setup.ts'],
    // In this order: the second points the process at the database that the first has made.
    setupFiles: ['bench/fresh-database.ts', 'testing/worker-setup.ts'],
    sequence: { setupFiles: 'list' },
    pool: 'forks',
    fileParallelism: false,
  },
});
