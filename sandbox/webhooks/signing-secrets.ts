import { randomBytes } from 'node:crypto';
import { readMeta, writeMeta } from '@/sandbox/store/meta';
import type { World } from '@/sandbox/world';
import type { Consumer } from './consumers';

const META_KEY = 'generatedWebhookSecret';

/** The secrets of the process: those of the environment, else one made up once and kept. */
export function processSecrets({ config, store }: World): string[] {
  if (config.webhookSecrets) return config.webhookSecrets;
  const known = readMeta<string>(store, META_KEY);
  if (known) return [known];
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  writeMeta(store, META_KEY, secret);
  return [secret];
}

/** What deliveries to this consumer are signed with, newest first. */
export function secretsOf(world: World, consumer: Consumer): string[] {
  return consumer.secrets ?? processSecrets(world);
}
