import path from 'node:path';
import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/ });

/** A Standard-Webhooks secret: `whsec_` and base64 of 24 to 64 bytes. */
export const signingSecret = z.string().refine((value) => {
  const bytes = Buffer.from(value.replace(/^whsec_/, ''), 'base64').length;
  return value.startsWith('whsec_') && bytes >= 24 && bytes <= 64;
}, 'must be whsec_ followed by base64 of 24 to 64 bytes');

const environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_534).default(4010),
  SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_PUBLIC_URL: httpUrl.optional(),
  SANDBOX_PLATFORM_PUBLIC_URL: httpUrl.optional(),
  SANDBOX_API_KEY: z.string().min(1).default('local-codat-api-key'),
  SANDBOX_WEBHOOK_SECRET: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(signingSecret).min(1))
    .optional(),
  SANDBOX_WEBHOOK_URL: httpUrl.optional(),
  SANDBOX_REDIRECT_URL: z.string().min(1).optional(),
  SANDBOX_ASSUMPTIONS: z.enum(['hold', 'fail']).default('hold'),
  SANDBOX_CLIENT_NAME: z.string().min(1).default('Harbour Lending'),
  DATA_DIR: z.string().min(1).default('.data'),
});

/** What the process is told from outside; everything else is in its store. */
export interface Config {
  port: number;
  host: string;
  publicUrl: string | undefined;
  platformPublicUrl: string | undefined;
  apiKey: string;
  /** Newest first; every delivery is signed with each of them. */
  webhookSecrets: string[] | undefined;
  webhookUrl: string | undefined;
  redirectUrl: string | undefined;
  clientName: string;
  /** Starts with every undocumented assumption turned against the portal. */
  assumptionsHold: boolean;
  storeFile: string;
}

/** Reads the configuration; throws an `Error` that names each wrong variable. Empty means absent. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((i) => `${i.path.slice(0, 1).join()}: ${i.message}`).join('; '),
    );
  }
  const e = parsed.data;
  return {
    port: e.SANDBOX_PORT,
    host: e.SANDBOX_HOST,
    publicUrl: e.SANDBOX_PUBLIC_URL?.replace(/\/+$/, ''),
    platformPublicUrl: e.SANDBOX_PLATFORM_PUBLIC_URL?.replace(/\/+$/, ''),
    apiKey: e.SANDBOX_API_KEY,
    webhookSecrets: e.SANDBOX_WEBHOOK_SECRET,
    webhookUrl: e.SANDBOX_WEBHOOK_URL,
    redirectUrl: e.SANDBOX_REDIRECT_URL,
    clientName: e.SANDBOX_CLIENT_NAME,
    assumptionsHold: e.SANDBOX_ASSUMPTIONS === 'hold',
    storeFile: path.resolve(e.DATA_DIR, 'sandbox', 'codat.sqlite'),
  };
}
