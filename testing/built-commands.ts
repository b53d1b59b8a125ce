import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleCommands } from '@/tools/building/bundle.mjs';
import { buildDir } from '@/tools/paths.mjs';

export type Ended = { code: number; output: string; errors: string };

/** Every command as it is shipped, each run with only the environment that it is given. */
export async function buildCommands() {
  await mkdir(buildDir, { recursive: true });
  // Inside the checkout, where they find the native packages that no bundle holds.
  const folder = await mkdtemp(join(buildDir, 'tested-commands-'));
  await bundleCommands(folder);
  return {
    run(command: string, args: string[], env: Record<string, string>): Promise<Ended> {
      const options = { env: { NODE_ENV: 'production' as const, PATH: process.env.PATH, ...env } };
      const file = join(folder, `${command}.mjs`);
      return new Promise((resolve) => {
        execFile(process.execPath, [file, ...args], options, (error, output, errors) => {
          resolve({ code: Number(error?.code ?? 0), output, errors });
        });
      });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
