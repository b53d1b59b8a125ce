import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout. */
export const rootDir = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Where everything that running copies keep lives: clusters, secrets, logs (`DATA_DIR`, default `.data`). */
export const dataDir = resolve(rootDir, process.env.DATA_DIR || '.data');

/** Locks, and who runs on the installed packages: what every copy of this checkout shares. */
export const buildDir = resolve(rootDir, '.build');
