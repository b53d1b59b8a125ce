import { Problem } from '../problem.mjs';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses to go on when CODAT_API_URL names anything but this machine: what follows creates and
 * deletes companies, which at the real Codat may be billed.
 */
export function refuseRealCodat(what) {
  const url = process.env.CODAT_API_URL;
  if (!url || loopback.includes(hostOf(url))) return;
  throw new Problem(
    `CODAT_API_URL is set to ${url}. ${what} creates its own companies, and only at the local Codat. Unset CODAT_API_URL and start again.`,
  );
}

function hostOf(url) {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
