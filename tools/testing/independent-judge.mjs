import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildDir, rootDir } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { acquireLock } from '../processes/lock.mjs';
import { runOrThrow } from '../processes/run.mjs';
import { step } from '../progress.mjs';

// Apart from the packages of this checkout: they are many, and only this needs them.
const listed = join(rootDir, 'tools/testing/prism');
const installed = join(buildDir, 'prism');
const beside = resolve(rootDir, '../shared/codat/openapi-platform-subset.json');

/**
 * Codat's published OpenAPI and Prism, the tool that judges by it (decision 046): `{schema, prism}`,
 * paths of both. Throws a Problem where one of them can’t be had.
 *
 * The schema is what `CODAT_OPENAPI` names, a file or an address; it is no part of this repository.
 */
export async function provideJudge(lifetime, { folder, logs }) {
  const schema = await findSchema(folder);
  return { schema, prism: await installPrism(lifetime, logs) };
}

async function findSchema(folder) {
  const named = process.env.CODAT_OPENAPI;
  if (named && /^https?:/.test(named)) return await fetchSchema(named, folder);
  if (named) {
    const file = resolve(rootDir, named);
    if (existsSync(file)) return file;
    throw new Problem(`CODAT_OPENAPI names ${file}, which isn’t there.`);
  }
  if (existsSync(beside)) return beside;
  throw new Problem('CODAT_OPENAPI doesn’t name Codat’s published schema (a file or an address)');
}

async function fetchSchema(address, folder) {
  const response = await fetch(address, { signal: AbortSignal.timeout(60_000) }).catch((error) => {
    throw new Problem(`${address} can’t be fetched: ${error.cause?.code ?? error.message}`);
  });
  if (!response.ok) throw new Problem(`${address} answered ${response.status}`);
  const file = join(folder, 'codat-openapi.json');
  writeFileSync(file, await response.text());
  return file;
}

async function installPrism(lifetime, logs) {
  const main = join(installed, 'node_modules/@stoplight/prism-cli/dist/index.js');
  const stamp = join(installed, 'installed-from');
  const wanted = createHash('sha256').update(readFileSync(join(listed, 'package-lock.json')));
  const hash = wanted.digest('hex');
  const release = await acquireLock(join(buildDir, 'locks', 'prism.lock'));
  const forget = lifetime.defer(release);
  try {
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return main;
    mkdirSync(installed, { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) {
      cpSync(join(listed, name), join(installed, name));
    }
    await step('Installing Prism', () =>
      runOrThrow(lifetime, {
        name: 'npm ci',
        command: 'npm',
        // One of them would report from where it was installed.
        args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
        cwd: installed,
        env: process.env,
        log: join(logs, 'prism-install.log'),
      }),
    );
    writeFileSync(stamp, hash);
    return main;
  } finally {
    release();
    forget();
  }
}
