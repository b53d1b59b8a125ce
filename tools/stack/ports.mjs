import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { Problem } from '../problem.mjs';

/** Whether nothing listens on the port, on either of this machine's own addresses. */
export async function isPortFree(port) {
  if (!port) return false;
  for (const host of ['127.0.0.1', '::1']) {
    // Asking both ways: macOS lets one bind a port that another has bound on all addresses.
    if ((await answers(port, host)) || !(await canListen(port, host))) return false;
  }
  return true;
}

/** A port that was free a moment ago, with `count - 1` free ones after it. */
export async function pickFreePort(count = 1) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    // Below the range from which systems take ports of outgoing connections.
    const port = randomInt(20_000, 32_000 - count);
    const ports = Array.from({ length: count }, (_, index) => port + index);
    const free = await Promise.all(ports.map(isPortFree));
    if (free.every(Boolean)) return port;
  }
  throw new Problem('Found no free port between 20000 and 32000.');
}

/** Reads a port from the environment; an absent or empty variable means `fallback`. */
export function readPort(variable, fallback) {
  const text = process.env[variable] || String(fallback);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Problem(`${variable} must be a port number from 1 to 65535, not "${text}".`);
  }
  return port;
}

/** Throws a Problem naming the variable to change if the port is taken. */
export async function requireFreePort(port, variable, purpose) {
  if (await isPortFree(port)) return;
  throw new Problem(
    `Port ${port} for ${purpose} is in use by another program. Stop it, or choose another port with ${variable}.`,
  );
}

function answers(port, host) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const done = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(1_000, () => done(true));
    socket.on('connect', () => done(true));
    socket.on('error', () => done(false));
  });
}

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has no ::1 on which something could be in the way.
    server.on('error', (error) => resolve(['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
