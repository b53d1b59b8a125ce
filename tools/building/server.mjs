import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

// What `node server.js` runs in a finished build: settings of the process itself that must be there
// before Next.js looks, and then the server that `next build` wrote.
const { env } = process;

// Docker sets HOSTNAME to the container's id, and the server would listen on that one address.
if (!env.HOSTNAME || env.HOSTNAME === hostname()) env.HOSTNAME = '0.0.0.0';
// Longer than a load balancer keeps an idle connection, so that it never sends into a closed one.
env.KEEP_ALIVE_TIMEOUT ||= '65000';
// lib/worker/boot.ts stops the process in good order; Next.js would end it under running jobs.
env.NEXT_MANUAL_SIG_HANDLE = 'true';
env.NEXT_TELEMETRY_DISABLED = '1';

const manifest = new URL('.next/server/server-reference-manifest.json', import.meta.url);
const built = JSON.parse(readFileSync(manifest, 'utf8')).encryptionKey;
const wanted = env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY;
if (wanted && wanted !== built) {
  console.warn(
    'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY is not the one that this build was made with: forms of builds made with it are refused here. Set it for npm run build too.',
  );
}

await import('./next-server.js');
