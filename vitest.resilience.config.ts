import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

// The attacks: tools/testing/run-resilience.mjs brings what they need. One after the other, for
// they measure time.
export default defineConfig({
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      'server-only': fileURLToPath(new URL('./testing/nothing.ts', import.meta.url)),
    },
  },
  test: {
    include: ['resilience/**/*.attack.ts'],
    pool: 'forks',
    fileParallelism: false,
    hookTimeout: 60_000,
    // A file that did not get to stop its processes leaves that to their guards.
    teardownTimeout: 30_000,
  },
});
