import { z } from 'zod';

export type Source = Record<string, string | undefined>;

const atEnds = /^[\s\u200b\u2060]+|[\s\u200b\u2060]+$/g;

/**
 * The environment without what comes along when values are pasted: blanks and line ends around them,
 * quotes that a loader of `.env` kept, and the mark (BOM) before the first name of a file.
 */
export function tidy(source: Source): Source {
  const isMarked = (name: string) => name.startsWith('\ufeff');
  // A name as it should be wins over the one that has the mark.
  const names = Object.keys(source).sort((one, other) => +isMarked(other) - +isMarked(one));
  return Object.fromEntries(
    names.map((name) => [name.replace(/^\ufeff/, ''), tidyValue(source[name])]),
  );
}

function tidyValue(value: string | undefined): string | undefined {
  return value
    ?.replace(atEnds, '')
    .replace(/^(["'])(.*)\1$/s, '$2')
    .replace(atEnds, '');
}

/** Splits a rotation list ("newest first", separated by blanks or commas). */
export function list(value: string): string[] {
  return value.split(/[\s,]+/).filter(Boolean);
}

export const secretList = (minBytes: number, what: string) =>
  z
    .string()
    .transform(list)
    .refine((items) => items.length > 0, `${what} is empty`)
    .refine(
      (items) => items.every((item) => Buffer.byteLength(item) >= minBytes),
      `every value must be at least ${minBytes} bytes long; create one with: openssl rand -base64 32`,
    );

export const encryptionKeys = z
  .string()
  .transform(list)
  .refine((items) => items.length > 0, 'is empty')
  .refine(
    (items) => items.every((item) => Buffer.from(item, 'base64').byteLength === 32),
    'every value must be 32 bytes in base64; create one with: openssl rand -base64 32',
  );

/** Key bytes behind a `whsec_…` secret; null when it is not canonical base64. */
export function webhookKey(secret: string): Buffer | null {
  const encoded = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret;
  const bytes = Buffer.from(encoded, 'base64');
  const sameText = bytes.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '');
  return sameText && encoded.length > 0 ? bytes : null;
}

export const webhookSecrets = z
  .string()
  .transform(list)
  .refine((items) => items.length > 0, 'is empty')
  .refine(
    (items) => items.every((item) => (webhookKey(item)?.byteLength ?? 0) >= 24),
    'every value must be whsec_ followed by base64 of at least 24 bytes; copy it from the webhook settings at Codat',
  );

export const actionsKey = z
  .string()
  .refine(
    (value) =>
      /^[A-Za-z0-9+/]+=*$/.test(value) &&
      [16, 24, 32].includes(Buffer.from(value, 'base64').byteLength),
    'must be 16, 24 or 32 bytes in base64, the same as for the build; create one with: openssl rand -base64 32',
  );

const sslModes = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** What is wrong with an address of PostgreSQL, or null. */
function databaseProblem(text: string): string | null {
  if (!/^postgres(ql)?:\/\//.test(text)) {
    return 'must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or for a socket postgresql://USER:PASSWORD@/DATABASE?host=/run/postgresql';
  }
  if (/^[^?]*@[^/?]*,/.test(text))
    return 'names several hosts; name the one that leads to the primary';
  const url = URL.parse(withHost(text));
  // A # begins what no database has, and so was in the password.
  if (!url || url.hash) {
    return 'can’t be read; in the user’s name and password write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25';
  }
  const mode = url.searchParams.get('sslmode');
  if (mode && !sslModes.includes(mode)) return `sslmode must be one of ${sslModes.join(', ')}`;
  return null;
}

/** `new URL` wants a host before a port or after a user; that of a socket is in the query. */
const withHost = (text: string) => text.replace(/^(\w+:\/\/[^/?]*@)(?=[/?])/, '$1localhost');

/**
 * Without what node-postgres takes otherwise than libpq. It verifies the certificate with every
 * `sslmode` that encrypts, and warns of that at each start unless it is called so.
 */
function readDatabaseUrl(text: string): string {
  const url = new URL(withHost(text));
  const { searchParams: query } = url;
  const isStrict = query.get('uselibpqcompat') !== 'true';
  if (isStrict && /^(prefer|require|verify-ca)$/.test(query.get('sslmode') ?? '')) {
    query.set('sslmode', 'verify-full');
  }
  // Node's own list of authorities, and NODE_EXTRA_CA_CERTS.
  if (query.get('sslrootcert') === 'system') query.delete('sslrootcert');
  return url.href;
}

export const databaseUrl = z
  .string()
  .check(({ value, issues }) => {
    const message = databaseProblem(value);
    if (message) issues.push({ code: 'custom', input: value, message });
  })
  .transform((value) => (databaseProblem(value) ? z.NEVER : readDatabaseUrl(value)));

const ownMachine = 'localhost,127.0.0.1,::1';

/**
 * The proxy for calls to other machines, in the form that Node takes; null when none is set. Names
 * count in lower case too, as for curl, and an address needs no `http://`.
 */
export function readProxy(source: Source) {
  const given = tidy(source);
  const pick = (name: string) => given[name.toLowerCase()] || given[name];
  const address = (name: string) => pick(name)?.replace(/^(?!\w+:\/\/)(?=.)/, 'http://');
  const [https_proxy, http_proxy] = [address('HTTPS_PROXY'), address('HTTP_PROXY')];
  if (!https_proxy && !http_proxy) return null;
  const no_proxy = [pick('NO_PROXY'), ownMachine].filter(Boolean).join(',');
  return { ...(https_proxy && { https_proxy }), ...(http_proxy && { http_proxy }), no_proxy };
}
