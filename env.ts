import { z } from 'zod';
import {
  actionsKey,
  databaseUrl,
  encryptionKeys,
  list,
  readProxy,
  type Source,
  secretList,
  tidy,
  webhookSecrets,
} from './env-values';

const origin = z.url().transform((value) => new URL(value).origin);
const webUrl = z.url({ protocol: /^https?$/ });
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const days = (fallback: number, least = 1) =>
  z.preprocess(
    (value) => value || undefined,
    z.coerce
      .number()
      .int('must be a whole number of days')
      .min(least, `must be at least ${least} days`)
      .max(36_500)
      .default(fallback),
  );

const unitMs: Record<string, number> = { h: 3_600_000, d: 86_400_000 };

/** `accounting:7d, banking:36h` as milliseconds by source type. */
const staleAfter = z
  .string()
  .transform(list)
  .refine(
    (items) => items.every((item) => /^[a-z]+:[1-9]\d{0,3}[hd]$/i.test(item)),
    'must be like accounting:7d, banking:36h: a source type, and hours or days',
  )
  .transform((items) => {
    const pairs = items.map((item) => item.toLowerCase().split(':') as [string, string]);
    return Object.fromEntries(
      pairs.map(([type, age]) => [type, Number.parseInt(age, 10) * (unitMs[age.slice(-1)] ?? 0)]),
    );
  });

const schema = z
  .object({
    PORTAL_MODE: z.enum(['production', 'demo', 'dev', 'test']).default('production'),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    APP_URL: webUrl.transform((value) => value.replace(/\/+$/, '')),
    AUTH_SECRET: secretList(32, 'AUTH_SECRET'),
    ENCRYPTION_KEY: encryptionKeys,
    DATABASE_URL: databaseUrl,
    /** Past a pooler that gives each transaction another connection, for LISTEN and migrations. */
    DATABASE_DIRECT_URL: optional(databaseUrl),
    CODAT_API_KEY: z
      .string()
      .min(1)
      .regex(/^[\x21-\x7e]*$/, 'has characters that no API key has; copy it from Codat again'),
    CODAT_API_URL: webUrl.default('https://api.codat.io').transform((v) => v.replace(/\/+$/, '')),
    CODAT_LINK_ORIGINS: z
      .string()
      .default('https://link.codat.io https://link-api.codat.io')
      .transform(list)
      .pipe(z.array(origin).min(1)),
    /** Sent with every company that is created at Codat. */
    CODAT_PRODUCTS: z
      .string()
      .default('')
      .transform(list)
      .refine(
        (items) => items.every((item) => /^[\w.-]{1,100}$/.test(item)),
        'must be identifiers of products at Codat, such as lending, separated by commas',
      ),
    CODAT_WEBHOOK_SECRET: webhookSecrets,
    /** By source type: when data counts as overdue, whatever Codat's sync settings say. */
    DATA_STALE_AFTER: optional(staleAfter).transform((bounds) => bounds ?? {}),
    ADMIN_EMAILS: z
      .string()
      .default('')
      .transform((value) => list(value).map((item) => item.toLowerCase())),
    /** Has no default in production: customers' consents name it. */
    BRAND_NAME: optional(z.string().trim().max(60)),
    BRAND_COLOR: optional(
      z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour like #1f5eff'),
    ).transform((value) => value ?? '#1f5eff'),
    SUPPORT_EMAIL: optional(z.email()),
    SUPPORT_PHONE: optional(z.string().max(40)),
    PRIVACY_URL: optional(webUrl),
    TERMS_URL: optional(webUrl),
    OIDC_ISSUER: optional(webUrl),
    OIDC_CLIENT_ID: optional(z.string()),
    OIDC_CLIENT_SECRET: optional(z.string()),
    OIDC_NAME: optional(z.string().max(60)),
    TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
    /** Without one `/api/metrics` is not there. */
    METRICS_TOKEN: optional(secretList(16, 'METRICS_TOKEN')),
    /** Where a separate worker answers; the portal answers on PORT. */
    METRICS_PORT: optional(z.coerce.number().int().min(1).max(65535)),
    /** Where spans are sent; without one nothing is traced. */
    OTEL_EXPORTER_OTLP_ENDPOINT: optional(webUrl.transform((value) => value.replace(/\/+$/, ''))),
    /** What the collector wants in the headers; the exporter reads it directly. */
    OTEL_EXPORTER_OTLP_HEADERS: optional(z.string()),
    OTEL_SERVICE_NAME: optional(z.string().max(100)).transform(
      (value) => value ?? 'hosted-link-portal',
    ),
    /** How long webhook events are kept, counted from their arrival. */
    KEEP_WEBHOOKS_DAYS: days(90),
    /** Codat replays messages of two weeks and retries for 28 hours: a repeated one must be known. */
    KEEP_WEBHOOK_IDS_DAYS: days(400, 35),
    KEEP_SWEEPS_DAYS: days(365, 7),
    KEEP_HANDOFFS_DAYS: days(365, 7),
    /** Counted from the end of the session. */
    KEEP_SESSIONS_DAYS: days(90),
    /** Whether consent receipts of an erased business stay, without names, or go too. */
    ERASED_EVIDENCE: z.enum(['keep', 'erase']).default('keep'),
    /** Through which calls leave the operator's network; see `outgoingProxy`. */
    HTTPS_PROXY: optional(z.string()),
    HTTP_PROXY: optional(z.string()),
    NO_PROXY: optional(z.string()),
    WORKER: z.enum(['on', 'off']).default('on'),
    /** Where the local Codat is; set by demo, dev and test. */
    SANDBOX_URL: optional(webUrl),
    /** Both are the build's; Next.js hands the first on to the process. */
    NEXT_DEPLOYMENT_ID: optional(z.string().max(64)),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: optional(actionsKey),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info'),
  })
  .superRefine((env, context) => {
    for (const { name, problem } of contradictions(env)) {
      context.addIssue({ code: 'custom', path: [name], message: problem });
    }
  });

export type Env = z.infer<typeof schema> & { BRAND_NAME: string };

/** What the demo, development and tests are called. */
const demoBrand = 'Harbour Lending';

/** A setting that is missing or wrong. `problem` says how, and never its value. */
export type SettingProblem = { name: string; problem: string };

/** What is wrong with settings that are each valid on their own. */
function contradictions(env: Partial<Env>): SettingProblem[] {
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const unset = oidc.filter((name) => !env[name]);
  const partial = unset.length === oidc.length ? [] : unset;
  const needed = `is also needed; set all of ${oidc.join(', ')} or none`;
  const plain = (['APP_URL', 'CODAT_API_URL', 'OIDC_ISSUER'] as const).filter(
    (name) => env.PORTAL_MODE === 'production' && isPlainHttp(env[name]),
  );
  const isNameless = env.PORTAL_MODE === 'production' && !env.BRAND_NAME;
  return [
    ...partial.map((name) => ({ name, problem: needed })),
    ...(isNameless
      ? [{ name: 'BRAND_NAME', problem: 'is missing; customers’ consents name it' }]
      : []),
    ...plain.map((name) => ({ name, problem: 'must be https in production' })),
  ];
}

function isPlainHttp(value: string | undefined): boolean {
  if (!value) return false;
  const url = new URL(value);
  return url.protocol !== 'https:' && !isThisMachine(url);
}

/** Whether an address can be reached only from this machine. */
export function isThisMachine(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

function describeIssues(issues: z.core.$ZodIssue[], source: Source): SettingProblem[] {
  return issues.map((issue) => {
    const name = String(issue.path[0] ?? 'environment');
    if (source[name] === '' && issue.code !== 'custom') return { name, problem: 'is empty' };
    const missing = issue.code === 'invalid_type' && source[name] === undefined;
    return { name, problem: missing ? 'is missing' : issue.message };
  });
}

/**
 * Reads and checks the whole environment.
 * @throws Error that names every wrong setting and says how to fix it, never its value.
 */
export function parseEnv(given: Source): Env {
  const source = tidy(given);
  const result = schema.safeParse(source);
  if (result.success) return { ...result.data, BRAND_NAME: result.data.BRAND_NAME || demoBrand };
  const lines = describeIssues(result.error.issues, source).map(
    ({ name, problem }) => `  ${name}: ${problem}`,
  );
  throw new Error(`These settings are missing or wrong (see .env.example):\n${lines.join('\n')}`);
}

export type EnvInspection = {
  /** The settings that are right, each for itself. */
  values: Partial<Env>;
  problems: SettingProblem[];
  /** Names of all that is set, also of what this version does not know. */
  given: Set<string>;
};

/** Reads an environment that may be wrong, setting by setting. */
export function inspectEnv(environment: Source): EnvInspection {
  const source = tidy(environment);
  const entries: [string, unknown][] = [];
  const problems: SettingProblem[] = [];
  for (const [name, setting] of Object.entries(schema.shape)) {
    const result = z.object({ [name]: setting }).safeParse(source);
    if (result.success) entries.push([name, result.data[name]]);
    else problems.push(...describeIssues(result.error.issues, source));
  }
  const values: Partial<Env> = Object.fromEntries(entries);
  if (values.PORTAL_MODE !== 'production') values.BRAND_NAME ||= demoBrand;
  const given = new Set(Object.keys(source).filter((name) => source[name]));
  return { values, problems: [...problems, ...contradictions(values)], given };
}

/** What this process was given, for checks that must work when it is wrong. */
export function inspectOwnEnv(): EnvInspection {
  return inspectEnv(process.env);
}

let cached: Env | undefined;

/** The checked environment of this process, read once. */
export function getEnv(): Env {
  if (cached) return cached;
  cached = parseEnv(process.env);
  // next-auth reads its own address only there, and must not take it from a request.
  process.env.NEXTAUTH_URL = cached.APP_URL;
  return cached;
}

/**
 * Gives a command the settings that it uses; the others may be missing or wrong. From here on
 * `getEnv` answers what is right, and throws for what isn't.
 * @throws Error that names in one line what the command lacks.
 */
export function takeSettings<Name extends keyof Env>(...names: Name[]): Pick<Env, Name> {
  const { values, problems } = inspectEnv(process.env);
  const own = problems.filter(({ name }) => names.some((one) => one === name));
  if (own.length > 0) throw new Error(inOneLine(own));
  cached = new Proxy(values as Env, {
    get(settings, name) {
      const wrong = problems.find((problem) => problem.name === name);
      if (wrong) throw new Error(inOneLine([wrong]));
      return Reflect.get(settings, name);
    },
  });
  return cached;
}

function inOneLine(problems: SettingProblem[]): string {
  const named = problems.map(({ name, problem }) => `${name} ${problem}`);
  return `${named.join('; ')}. Set it in the environment or in .env (see .env.example).`;
}

/** The proxy for calls to other machines, and whom it is not for; null when none is set. */
export function outgoingProxy() {
  return readProxy(process.env);
}

/** The log's level, readable before (and when not) the rest of the environment is right. */
export function logLevel(): string {
  return schema.shape.LOG_LEVEL.catch('info').parse(tidy(process.env).LOG_LEVEL);
}
