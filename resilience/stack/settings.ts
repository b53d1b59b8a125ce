/** What `tools/testing/run-resilience.mjs` hands on. */
function requireSetting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the attacks with npm run test:resilience`);
  return value;
}

/** `short` is the part of `npm test`, `long` the command of its own. */
export type Form = 'short' | 'long';

export const settings = {
  form: requireSetting('RESILIENCE_FORM') as Form,
  /** Takes a line of JSON for every attack that has been made. */
  resultsFile: requireSetting('RESILIENCE_RESULTS'),
  folder: requireSetting('RESILIENCE_FOLDER'),
  portalDir: requireSetting('PORTAL_DIR'),
  sandboxDir: requireSetting('SANDBOX_DIR'),
  databaseUrl: requireSetting('DATABASE_URL'),
};

/** The number of rounds for the form that is being run. */
export function rounds(counts: Record<Form, number>): number {
  return counts[settings.form];
}
