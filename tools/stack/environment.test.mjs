import { expect, it } from 'vitest';
import { stackEnvironments } from './environment.mjs';

const given = (base) =>
  stackEnvironments({
    base,
    mode: 'demo',
    port: 3000,
    sandboxPort: 4010,
    databaseUrl: 'postgresql://x',
    secrets: { CODAT_API_KEY: 'key', CODAT_WEBHOOK_SECRET: 'whsec_new, whsec_old' },
    dataDir: '/data',
  });

it('ties portal and local Codat to each other', () => {
  const { portal, sandbox } = given({});
  expect(portal.CODAT_API_URL).toBe('http://localhost:4010');
  expect(portal.CODAT_LINK_ORIGINS).toBe('http://localhost:4010');
  expect(sandbox.SANDBOX_API_KEY).toBe(portal.CODAT_API_KEY);
  expect(sandbox.SANDBOX_WEBHOOK_SECRET).toBe('whsec_new');
  expect(sandbox.SANDBOX_WEBHOOK_URL).toBe('http://localhost:3000/api/webhooks/codat');
  expect(sandbox.SANDBOX_REDIRECT_URL).toBe(
    'http://localhost:3000/link/return?companyId={companyId}&connectionId={connectionId}&platform={platform}&statusCode={statusCode}&errorMessage={errorMessage}&state={state}',
  );
});

it('lets a variable of the environment win, but not the container id for an address', () => {
  const { portal, sandbox } = given({ APP_URL: 'https://portal.example/', HOSTNAME: 'f00ba4' });
  expect(portal.APP_URL).toBe('https://portal.example');
  expect(sandbox.SANDBOX_WEBHOOK_URL).toBe('https://portal.example/api/webhooks/codat');
  expect(portal.HOSTNAME).toBe('127.0.0.1');
});
