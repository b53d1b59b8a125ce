import { join } from 'node:path';

/** What playwright.config.ts and the browser tests are told about the stack they run against. */
export function browserEnvironment({ environment, urls }, { browser, portalDir, sandboxDir }) {
  return {
    ...environment,
    ...(browser && { CHROMIUM_PATH: browser }),
    BASE_URL: urls.app,
    SANDBOX_URL: urls.sandbox,
    // For tests that start further processes of their own.
    PORTAL_DIR: portalDir,
    SANDBOX_MAIN: join(sandboxDir, 'main.mjs'),
  };
}
