import { join } from 'node:path';
import { takeBuildLock } from '../building/next-build.mjs';
import { neutralEnvironment } from '../building/portal-variables.mjs';
import { rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { run } from '../processes/run.mjs';
import { step } from '../progress.mjs';
import { nodeBinary } from '../setup/node-binary.mjs';

/** Format, lint and types: one check each. */
export async function runStaticChecks(lifetime, totals) {
  const node = (script, ...args) =>
    run(lifetime, {
      name: script,
      command: nodeBinary(),
      args: [join(rootDir, 'node_modules', script), ...args],
      cwd: rootDir,
      env: { ...neutralEnvironment(), NEXT_TELEMETRY_DISABLED: '1' },
    });
  const check = async (label, work) => {
    try {
      await step(label, async () => {
        if ((await work()) !== 0) throw new Problem(`${label}: failed`);
      });
      totals.add({ passed: 1 });
    } catch (error) {
      lifetime.throwIfEnding();
      if (!(error instanceof Problem)) throw error;
      totals.add({ failed: 1 });
    }
  };

  await check('Format and lint', () => node('@biomejs/biome/bin/biome', 'ci', '.'));
  await check('Types', async () => {
    // The types of routes and of imported style sheets are generated, and not in a fresh clone.
    const release = await takeBuildLock(lifetime);
    const generated = await node('next/dist/bin/next', 'typegen');
    release();
    return generated || (await node('typescript/bin/tsc', '--noEmit'));
  });
}
