import { Client } from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { inspectEnv, parseEnv } from './env';
import { webhookKey } from './env-values';

const good = {
  BRAND_NAME: 'Example Bank',
  APP_URL: 'https://portal.example.com/',
  AUTH_SECRET: 'a'.repeat(32),
  ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
  DATABASE_URL: 'postgres://portal@db/portal',
  CODAT_API_KEY: 'key',
  CODAT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 1).toString('base64')}`,
};

describe('parseEnv', () => {
  it('takes a full environment and fills in what Codat fixes', () => {
    expect(parseEnv(good)).toMatchObject({
      APP_URL: 'https://portal.example.com',
      PORTAL_MODE: 'production',
      CODAT_API_URL: 'https://api.codat.io',
      CODAT_LINK_ORIGINS: ['https://link.codat.io', 'https://link-api.codat.io'],
      WORKER: 'on',
      TRUSTED_PROXY_HOPS: 0,
    });
  });

  it.each([
    ['CODAT_API_KEY', '  ', '\r\n'],
    ['CODAT_WEBHOOK_SECRET', '"', '"'],
    ['AUTH_SECRET', "\t'", " '\n"],
    ['ENCRYPTION_KEY', '\u200b', '\ufeff'],
    ['APP_URL', ' ', '\u00a0'],
    ['DATABASE_URL', '"', '"\r'],
  ] as const)('takes %s as people paste it, without what came along', (name, before, after) => {
    const pasted = { ...good, [name]: before + good[name] + after };
    expect(parseEnv(pasted)).toEqual(parseEnv(good));
  });

  it('leaves quotes that are not around the whole', () => {
    expect(parseEnv({ ...good, BRAND_NAME: `'Tis "Bank"` }).BRAND_NAME).toBe(`'Tis "Bank"`);
  });

  it('takes the first name of a file with a byte order mark', () => {
    const { CODAT_API_KEY: key, ...rest } = good;
    expect(parseEnv({ '\ufeffCODAT_API_KEY': key, ...rest }).CODAT_API_KEY).toBe(key);
    const both = { ...good, '\ufeffCODAT_API_KEY': 'of the file' };
    expect(parseEnv(both).CODAT_API_KEY).toBe(key);
  });

  it.each([
    ['postgresql://u:p@/db?host=/run/postgresql', { host: '/run/postgresql', database: 'db' }],
    ['postgres:///db?host=/cloudsql/a:b:c&user=u', { host: '/cloudsql/a:b:c', user: 'u' }],
    ['postgresql://u:p@%2Frun%2Fpostgresql:5433/db', { host: '/run/postgresql', port: 5433 }],
    ['postgresql://u:p@/db?host=%2Frun%2Fpostgresql', { host: '/run/postgresql' }],
    ['postgresql://u:p%40ss@[::1]:5433/db', { host: '::1', port: 5433, password: 'p@ss' }],
    ['postgresql://u@db', { host: 'db', user: 'u', ssl: false }],
    ['postgresql://u@db/x?sslmode=require', { ssl: {} }],
    ['postgresql://u@db/x?sslmode=no-verify', { ssl: { rejectUnauthorized: false } }],
    ['postgresql://u@db/x?sslmode=verify-full&sslrootcert=system', { ssl: {} }],
    ['postgresql://u@db/x?sslmode=disable', { ssl: false }],
  ])('takes the database at %s as node-postgres reads it', (url, wanted) => {
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const connectionString = parseEnv({ ...good, DATABASE_URL: url }).DATABASE_URL;
    const { connectionParameters } = new Client({ connectionString }) as unknown as {
      connectionParameters: object;
    };
    expect(connectionParameters).toMatchObject(wanted);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it.each([
    ['host=/run/postgresql dbname=portal', /must be postgresql:.* for a socket postgresql:/],
    ['/run/postgresql portal', /for a socket/],
    ['postgresql://u:p@a:1,b:2/db', /names several hosts/],
    ['postgresql://u:p@ss#w/o:rd@db/x', /%40/],
    ['postgresql://u:p@db:port/x', /%40/],
    ['postgresql://u@db/x?sslmode=yes', /sslmode must be one of disable/],
  ])('says of the database at %s what form it wants', (url, wanted) => {
    expect(() => parseEnv({ ...good, DATABASE_URL: url })).toThrow(wanted);
    expect(inspectEnv({ ...good, DATABASE_DIRECT_URL: url }).problems).toMatchObject([
      { name: 'DATABASE_DIRECT_URL' },
    ]);
  });

  it('takes lists for rotation, separated by blanks or commas', () => {
    const [first, second] = ['a'.repeat(32), 'b'.repeat(40)];
    expect(parseEnv({ ...good, AUTH_SECRET: `${first}, ${second}` }).AUTH_SECRET).toEqual([
      first,
      second,
    ]);
  });

  it.each([
    ['AUTH_SECRET', 'short'],
    ['AUTH_SECRET', `${'a'.repeat(32)},short`],
    ['ENCRYPTION_KEY', 'AAAA'],
    ['CODAT_WEBHOOK_SECRET', 'whsec_AAAA'],
    ['CODAT_WEBHOOK_SECRET', `whsec_${'!'.repeat(40)}`],
    ['CODAT_WEBHOOK_SECRET', ''],
    ['CODAT_API_KEY', 'two keys'],
    ['CODAT_API_KEY', 'Basic a2V5'],
    ['CODAT_API_KEY', 'k\u200bey'],
    ['DATABASE_URL', 'mysql://x'],
    ['APP_URL', 'http://portal.example.com'],
    ['CODAT_API_URL', 'http://api.example.com'],
    ['CODAT_LINK_ORIGINS', 'not a url'],
    ['BRAND_COLOR', 'red'],
    ['TRUSTED_PROXY_HOPS', '-1'],
    ['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', 'c2hvcnQ='],
    ['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', '!'.repeat(44)],
  ])('names %s when it is wrong, and never its value', (name, value) => {
    const message = (() => {
      try {
        parseEnv({ ...good, [name]: value });
        return 'accepted';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    })();
    expect(message).toContain(name);
    if (value.length > 5) expect(message).not.toContain(value);
  });

  it('takes an identity provider whole or not at all', () => {
    const whole = {
      OIDC_ISSUER: 'https://login.example.com',
      OIDC_CLIENT_ID: 'portal',
      OIDC_CLIENT_SECRET: 'secret-of-the-client',
    };
    expect(parseEnv({ ...good, ...whole })).toMatchObject(whole);
    expect(parseEnv({ ...good, OIDC_ISSUER: '' }).OIDC_ISSUER).toBeUndefined();
    expect(() => parseEnv({ ...good, ...whole, OIDC_CLIENT_SECRET: '' })).toThrow(
      /OIDC_CLIENT_SECRET: is also needed/,
    );
    expect(() => parseEnv({ ...good, OIDC_CLIENT_ID: 'portal' })).toThrow(/OIDC_ISSUER/);
    const plain = { ...whole, OIDC_ISSUER: 'http://login.example.com' };
    expect(() => parseEnv({ ...good, ...plain })).toThrow(/OIDC_ISSUER: must be https/);
  });

  it('has no name of a company in production, where consents would carry it', () => {
    for (const BRAND_NAME of [undefined, '', '  ']) {
      expect(() => parseEnv({ ...good, BRAND_NAME })).toThrow(/BRAND_NAME: is missing/);
      const { values, problems } = inspectEnv({ ...good, BRAND_NAME });
      expect(values.BRAND_NAME || undefined).toBeUndefined();
      expect(problems.map(({ name }) => name)).toEqual(['BRAND_NAME']);
      for (const PORTAL_MODE of ['demo', 'dev', 'test']) {
        const env = { ...good, BRAND_NAME, PORTAL_MODE };
        expect(parseEnv(env).BRAND_NAME).toBe('Harbour Lending');
        expect(inspectEnv(env)).toMatchObject({ values: parseEnv(env), problems: [] });
      }
    }
  });

  it('keeps ids of webhooks for as long as Codat may repeat them', () => {
    expect(() => parseEnv({ ...good, KEEP_WEBHOOK_IDS_DAYS: '34' })).toThrow(/at least 35 days/);
    expect(parseEnv(good)).toMatchObject({ KEEP_WEBHOOKS_DAYS: 90, KEEP_WEBHOOK_IDS_DAYS: 400 });
  });

  it('names every missing setting at once', () => {
    expect(() => parseEnv({})).toThrow(
      /APP_URL: is missing[\s\S]*CODAT_WEBHOOK_SECRET: is missing/,
    );
  });
});

describe('inspectEnv', () => {
  it('keeps what is right and names all that is wrong, contradictions included', () => {
    const { values, problems } = inspectEnv({
      ...good,
      APP_URL: 'http://portal.example.com',
      AUTH_SECRET: 'short',
      DATABASE_URL: undefined,
      OIDC_CLIENT_ID: 'portal',
    });
    expect(values).toMatchObject({
      CODAT_API_KEY: 'key',
      PORT: 3000,
      BRAND_NAME: 'Example Bank',
    });
    expect(Object.keys(values)).not.toContain('AUTH_SECRET');
    expect(problems.map(({ name }) => name).sort()).toEqual([
      'APP_URL',
      'AUTH_SECRET',
      'DATABASE_URL',
      'OIDC_CLIENT_SECRET',
      'OIDC_ISSUER',
    ]);
    expect(problems).toContainEqual({ name: 'DATABASE_URL', problem: 'is missing' });
  });

  it('finds nothing wrong where parseEnv does not', () => {
    const given = new Set(Object.keys(good));
    expect(inspectEnv(good)).toEqual({ values: parseEnv(good), problems: [], given });
  });
});

describe('webhookKey', () => {
  it('decodes with and without prefix and padding, and refuses what is not base64', () => {
    expect(webhookKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toHaveLength(24);
    expect(webhookKey(Buffer.alloc(25).toString('base64').replace('=', ''))).toHaveLength(25);
    expect(webhookKey('whsec_a b')).toBeNull();
    expect(webhookKey('whsec_')).toBeNull();
  });
});
