import { ALL_AGAINST } from '@/sandbox/assumptions';
import { getProfile, saveProfile } from '@/sandbox/profile';
import { readMeta, writeMeta } from '@/sandbox/store/meta';
import { createConsumer, deleteConsumer } from '@/sandbox/webhooks/consumers';
import type { World } from '@/sandbox/world';

const CONSUMER_KEY = 'environmentConsumer';
const REDIRECT_KEY = 'environmentRedirectUrl';

/** Everything that a customer portal has use for. */
export const PORTAL_EVENT_TYPES = [
  'company.created',
  'company.deleted',
  'company.product.added',
  'company.product.removed',
  'connection.created',
  'connection.connected',
  'connection.failed',
  'connection.disconnected',
  'connection.reconnected',
  'connection.deleted',
  'read.completed',
  'read.completed.initial',
  'read.completed.successful',
  'read.completed.successful.initial',
  'read.completed.unsuccessful',
  'client.rateLimit.reached',
  'client.rateLimit.reset',
];

function applyConsumer(world: World, url: string): void {
  const applied = readMeta<{ url: string; id: string; types?: number }>(world.store, CONSUMER_KEY);
  const types = PORTAL_EVENT_TYPES.length;
  if (applied?.url === url && applied.types === types) return;
  if (applied) deleteConsumer(world, applied.id);
  const { id } = createConsumer(world, { url, eventTypes: PORTAL_EVENT_TYPES });
  writeMeta(world.store, CONSUMER_KEY, { url, id, types });
}

function applyRedirectUrl(world: World, redirectUrl: string): void {
  if (readMeta<string>(world.store, REDIRECT_KEY) === redirectUrl) return;
  saveProfile(world, { ...getProfile(world), redirectUrl });
  writeMeta(world.store, REDIRECT_KEY, redirectUrl);
}

/**
 * Sets up consumer and redirect URL from the environment, once for each value: what somebody
 * changes later through the API or the panel stays, until the environment itself changes.
 */
export function applyEnvironment(world: World): void {
  const { webhookUrl, redirectUrl, assumptionsHold } = world.config;
  world.store.transaction(() => {
    if (!assumptionsHold) world.settings.update(ALL_AGAINST);
    if (webhookUrl) applyConsumer(world, webhookUrl);
    if (redirectUrl) applyRedirectUrl(world, redirectUrl);
  });
}

/** Lets the next `applyEnvironment` set everything up again. */
export function forgetEnvironment({ store }: World): void {
  store.run('DELETE FROM meta WHERE key IN (?, ?)', CONSUMER_KEY, REDIRECT_KEY);
}
