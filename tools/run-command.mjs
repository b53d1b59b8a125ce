import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOwnCommands } from './building/bundle.mjs';
import { isBuiltFromSources, standaloneDir } from './building/next-build.mjs';
import { dataDir, rootDir } from './paths.mjs';
import { Problem } from './problem.mjs';
import { runScript } from './processes/lifetime.mjs';
import { run } from './processes/run.mjs';
import { nodeBinary } from './setup/node-binary.mjs';
import { readEnvFile } from './stack/env-file.mjs';
import { readRunningEnvironment } from './stack/running-environment.mjs';

// node tools/run-command.mjs NAME [arguments…]: one of commands against the environment,
// or where that names no database, against the demo that runs on this data folder.
const [name, ...args] = process.argv.slice(2);

runScript(async (lifetime) => {
  const env = chooseEnvironment();
  const { folder, cwd } = await locateCommand(lifetime);
  return await run(lifetime, {
    name: `commands/${name}`,
    command: nodeBinary(),
    args: [join(folder, `${name}.mjs`), ...args],
    cwd,
    env,
    graceMs: 30_000,
  });
});

function chooseEnvironment() {
  const given = { ...readEnvFile(), ...process.env };
  if (given.DATABASE_URL) return given;
  const running = readRunningEnvironment(dataDir);
  if (running) {
    // Not on standard output, where --json is.
    console.error(`Using the ${running.PORTAL_MODE} running at ${running.APP_URL}`);
    return { ...readEnvFile(), ...running, ...process.env };
  }
  // To find out what is missing is what the doctor is for, and Codat is set up without a database too.
  if (name === 'doctor' || name === 'codat-setup') return given;
  throw new Problem(
    'DATABASE_URL isn’t set, and no demo is running. Set it in the environment or in .env (see .env.example), or start npm run demo.',
  );
}

/**
 * The worker belongs to the build that npm start runs. Other commands take it too if it is of the
 * sources as they are now; a stale one would, for one, not know the newest migration.
 */
async function locateCommand(lifetime) {
  const built = { folder: join(standaloneDir, 'commands'), cwd: standaloneDir };
  const hasBuilt = existsSync(join(built.folder, `${name}.mjs`));
  if (name === 'worker' && !hasBuilt) {
    throw new Problem('There’s no production build yet. Create one with npm run build.');
  }
  const source = join(rootDir, 'commands', `${name}.ts`);
  const canBundle = existsSync(source) && existsSync(join(rootDir, 'node_modules/esbuild'));
  if (hasBuilt && (name === 'worker' || !canBundle || isBuiltFromSources())) return built;
  if (!existsSync(source)) {
    throw new Problem(`There’s no command "${name}". Commands: ${listCommands().join(', ')}.`);
  }
  if (!canBundle) throw new Problem('The packages aren’t installed. Install them with npm ci.');
  return { folder: await bundleOwnCommands(lifetime), cwd: rootDir };
}

function listCommands() {
  const names = readdirSync(join(rootDir, 'commands'));
  return names.filter((file) => /(?<!\.test)\.ts$/.test(file)).map((file) => file.slice(0, -3));
}
