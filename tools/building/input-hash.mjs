import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const rootFile =
  /^(env|proxy|instrumentation.*)\.ts$|^(next|postcss)\.config\.|^tsconfig(\.build)?\.json$|^package(-lock)?\.json$/;
const folders = ['app', 'components', 'lib', 'db', 'messages', 'public', 'commands'];
const recipes = ['bundle', 'deployment', 'next-build', 'server'].map(
  (name) => `tools/building/${name}.mjs`,
);
const isTest = /\.test\.[a-z]+$/;

/** One hash of everything that a production build of the portal is made from. */
export function hashPortalInputs(root) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of listPortalInputs(root).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Paths of everything that a production build of the portal is made from. */
export function listPortalInputs(root) {
  const files = [...recipes, ...readdirSync(root).filter((name) => rootFile.test(name))];
  for (const folder of folders) files.push(...listFiles(root, folder));
  return files;
}

function listFiles(root, folder) {
  let names;
  try {
    names = readdirSync(join(root, folder));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return listFiles(root, path);
    return isTest.test(name) ? [] : [path];
  });
}
