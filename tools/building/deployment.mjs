import { createHash } from 'node:crypto';
import { Problem } from '../problem.mjs';

// Next.js names a server action by the hash of this, its file and its name, and draws it anew for
// every build where none is given: pages of one build could then send no form to another. It is also
// the key for what an action closes over, which no action here does (architecture/source-rules.ts),
// so it need not be secret.
const sharedSalt = createHash('sha256').update('hosted-link-portal server actions').digest();

/**
 * What `next build` is told beyond the environment, so that builds of the portal take each other's
 * forms, and browsers notice that another build answers. Both can be set from outside.
 */
export function deploymentEnvironment(given, inputs) {
  const key = given.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY || sharedSalt.toString('base64');
  if (![16, 24, 32].includes(bytesOf(key))) {
    throw new Problem(
      'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY must be 16, 24 or 32 bytes in base64. Create one with: openssl rand -base64 32',
    );
  }
  const id = given.NEXT_DEPLOYMENT_ID || inputs;
  if (!/^[\w-]{1,64}$/.test(id)) {
    throw new Problem(
      'NEXT_DEPLOYMENT_ID may contain only letters, digits, - and _, up to 64 of them.',
    );
  }
  return { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key, NEXT_DEPLOYMENT_ID: id };
}

// Node's own decoder leaves out what it does not know; `atob`, which Next.js uses, throws.
function bytesOf(key) {
  try {
    return atob(key).length;
  } catch {
    return 0;
  }
}

/** The id, without its first byte, under which every build with this key knows a server action. */
export function actionId(key, file, name) {
  return createHash('sha1').update(`${key}${file}:${name}`).digest('hex').slice(0, 40);
}
