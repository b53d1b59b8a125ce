import { subscribe } from 'node:diagnostics_channel';
import { mkdirSync, openSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Loaded before everything else into the portal's processes of a browser-test run: keeps whatever
// they answer, so that all of it can be searched in the end. It is no part of the portal.
const folder = process.env.RUN_RECORD;
if (folder && basename(process.argv[1] ?? '') === 'server.js') {
  keepAnswers(join(folder, `answers-${process.pid}.jsonl`));
}

/** The environment with which every portal process of a run keeps its answers in `folder`. */
export function recording(folder) {
  mkdirSync(folder, { recursive: true });
  const script = pathToFileURL(import.meta.filename).href;
  return { RUN_RECORD: folder, NODE_OPTIONS: `--import=${script}` };
}

function keepAnswers(file) {
  const fd = openSync(file, 'a', 0o600);
  const assets = new Set();
  // The origins that this process may send people to.
  const linkOrigins = process.env.CODAT_LINK_ORIGINS?.split(/\s+/) ?? [];
  subscribe('http.server.request.start', ({ request, response }) => {
    const { method, url } = request;
    if (url.startsWith('/_next/static/')) {
      if (assets.has(url)) return;
      assets.add(url);
    }
    // What is compressed cannot be searched.
    delete request.headers['accept-encoding'];
    const chunks = [];
    keepWritten(response, chunks);
    response.once('close', () => {
      const { statusCode: status } = response;
      const body = Buffer.concat(chunks).toString('utf8');
      const headers = response.getHeaders();
      const line = { method, url, status, headers, body, linkOrigins };
      // At once: the next moment may be a `kill -9`.
      writeSync(fd, `${JSON.stringify(line)}\n`);
    });
  });
}

function keepWritten(response, chunks) {
  for (const name of ['write', 'end']) {
    const original = response[name];
    response[name] = function keep(chunk, ...rest) {
      if (typeof chunk === 'string') {
        chunks.push(Buffer.from(chunk, typeof rest[0] === 'string' ? rest[0] : 'utf8'));
      } else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
      return original.call(this, chunk, ...rest);
    };
  }
}
