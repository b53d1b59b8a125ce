import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from '../paths.mjs';

const file = join(rootDir, '.env');

/** Arguments with which Node reads `.env`, if there is one; what is really set wins over it. */
export function envFileArguments() {
  return existsSync(file) ? [`--env-file=${file}`] : [];
}

/** Whether `.env` sets the variable. */
export function envFileNames(variable) {
  if (!existsSync(file)) return false;
  return new RegExp(`^\\s*(export\\s+)?${variable}\\s*=`, 'm').test(readFileSync(file, 'utf8'));
}
