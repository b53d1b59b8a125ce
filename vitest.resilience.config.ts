import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

// The attacks: tools/testing/run-resilience.mjs brings what they need. In their long form one after
// the other, for they measure time; in their short form two at a time, for they mostly wait, those
// first that took longest in the last run.
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
    maxWorkers: process.env.RESILIENCE_FORM === 'short' ? 2 : 1,
    hookTimeout: 60_000,
    // A file that did not get to stop its processes leaves that to their guards.
    teardownTimeout: 30_000,
  },
});
