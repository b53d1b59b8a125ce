import { join } from 'node:path';
import { newestOf } from './secrets.mjs';

const redirectQuery = [
  'companyId',
  'connectionId',
  'platform',
  'statusCode',
  'errorMessage',
  'state',
]
  .map((name) => `${name}={${name}}`)
  .join('&');

/**
 * The environments of a stack's processes: `{portal, sandbox}`. What `base` already sets wins over
 * the values chosen here, save for what ties the processes to each other.
 */
export function stackEnvironments(options) {
  const { base, mode, port, sandboxPort, databaseUrl, secrets, dataDir } = options;
  const sandboxUrl = `http://localhost:${sandboxPort}`;
  const appUrl = (base.APP_URL || `http://localhost:${port}`).replace(/\/+$/, '');
  // What runs here is asked directly, whatever proxy calls to other machines go through.
  const own = [base.no_proxy || base.NO_PROXY, 'localhost,127.0.0.1,::1'].filter(Boolean).join(',');
  const direct = { NO_PROXY: own, no_proxy: own };
  const portal = {
    ...base,
    ...direct,
    ...secrets,
    NODE_ENV: mode === 'dev' ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_MANUAL_SIG_HANDLE: 'true',
    KEEP_ALIVE_TIMEOUT: '65000',
    PORTAL_MODE: mode,
    PORT: String(port),
    // Docker exports its container id under this name. This machine's own address alone: what has
    // demo logins is not for the network.
    HOSTNAME: '127.0.0.1',
    APP_URL: appUrl,
    DATABASE_URL: databaseUrl,
    // Another's would be listened to; empty, it is not taken from .env either.
    DATABASE_DIRECT_URL: '',
    CODAT_API_URL: base.CODAT_API_URL || sandboxUrl,
    CODAT_LINK_ORIGINS: base.CODAT_LINK_ORIGINS || sandboxUrl,
    DATA_DIR: dataDir,
    SANDBOX_URL: sandboxUrl,
  };
  const sandbox = {
    ...base,
    ...direct,
    NODE_ENV: 'production',
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_API_KEY: secrets.CODAT_API_KEY,
    SANDBOX_WEBHOOK_SECRET: newestOf(secrets.CODAT_WEBHOOK_SECRET),
    SANDBOX_WEBHOOK_URL: `${appUrl}/api/webhooks/codat`,
    SANDBOX_REDIRECT_URL: `${appUrl}/link/return?${redirectQuery}`,
    SANDBOX_STOP_WITH_STDIN: '1',
    // A database of companies and the Codat that knows them belong together.
    DATA_DIR: mode === 'dev' ? join(dataDir, 'dev') : dataDir,
  };
  return { portal, sandbox, urls: { app: appUrl, sandbox: sandboxUrl } };
}
