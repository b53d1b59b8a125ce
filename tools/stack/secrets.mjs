import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const make = {
  AUTH_SECRET: () => randomBytes(32).toString('base64'),
  ENCRYPTION_KEY: () => randomBytes(32).toString('base64'),
  CODAT_API_KEY: () => randomBytes(24).toString('base64url'),
  METRICS_TOKEN: () => randomBytes(24).toString('base64url'),
  CODAT_WEBHOOK_SECRET: () => `whsec_${randomBytes(32).toString('base64')}`,
};

/**
 * The secrets of a portal and its local Codat: random ones kept in `folder`/secrets.json, so that
 * sessions and stored data outlive a restart. A variable set in the environment wins over its own.
 */
export function loadSecrets(folder) {
  const file = join(folder, 'secrets.json');
  const stored = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const missing = Object.keys(make).filter((name) => !stored[name]);
  if (missing.length > 0) {
    for (const name of missing) stored[name] = make[name]();
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
  }
  const wins = (name) => process.env[name] || stored[name];
  return Object.fromEntries(Object.keys(make).map((name) => [name, wins(name)]));
}

/** The one secret of a rotation list (newest first) that the local Codat signs with. */
export function newestOf(list) {
  return list.split(/[\s,]+/).find(Boolean);
}
