import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout. */
export const rootDir = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Where everything that running copies keep lives: clusters, secrets, logs (`DATA_DIR`, default `.data`). */
export const dataDir = resolve(rootDir, process.env.DATA_DIR || '.data');

/** Finished builds, locks and the register of who uses them; shared by every copy of this checkout. */
export const buildDir = resolve(rootDir, '.build');
