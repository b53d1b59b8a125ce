import type { World } from '@/sandbox/world';
import { getConsumer } from './consumers';
import { DISABLED_AFTER_MS, nextDelayMs } from './retry-schedule';
import { signMessage } from './signature';
import { secretsOf } from './signing-secrets';

const TIMEOUT_MS = 15_000;

export interface DueDelivery {
  id: number;
  message_id: string;
  consumer_id: string;
  state: string;
  failures: number;
  repeats: number;
}

interface Outcome {
  status: number | null;
  error: string | null;
}

function describeFailure(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  const inner = cause.cause;
  if (inner instanceof Error) {
    return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message;
  }
  return cause.message;
}

async function post(
  world: World,
  delivery: DueDelivery,
  stop: AbortSignal,
): Promise<Outcome | null> {
  const consumer = getConsumer(world, delivery.consumer_id);
  const message = world.store.get<{ body: string }>(
    'SELECT body FROM messages WHERE id = ?',
    delivery.message_id,
  );
  if (!consumer || !message) return null;
  const timestamp = Math.floor(world.realNow() / 1000);
  try {
    const response = await fetch(consumer.url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'codat-stand-in-webhooks/1',
        'webhook-id': delivery.message_id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signMessage(
          secretsOf(world, consumer),
          delivery.message_id,
          timestamp,
          message.body,
        ),
      },
      body: message.body,
    });
    await response.body?.cancel();
    const error = response.ok ? null : `answered ${response.status}`;
    return { status: response.status, error };
  } catch (cause) {
    if (stop.aborted) return null;
    return { status: null, error: describeFailure(cause) };
  }
}

function recordSuccess(world: World, delivery: DueDelivery): void {
  const again = delivery.repeats > 0;
  world.store.run(
    `UPDATE deliveries SET state = 'Success', next_attempt_at = ?, repeats = ? WHERE id = ?`,
    again ? world.now() + Math.round(Math.random() * 500) : null,
    again ? delivery.repeats - 1 : 0,
    delivery.id,
  );
  world.store.run(
    'UPDATE consumers SET failing_since_at = NULL WHERE id = ?',
    delivery.consumer_id,
  );
}

function recordFailure(world: World, delivery: DueDelivery): void {
  // A repeat of a delivery that has succeeded is no news when it fails.
  if (delivery.state === 'Success') {
    world.store.run('UPDATE deliveries SET next_attempt_at = NULL WHERE id = ?', delivery.id);
    return;
  }
  const failures = delivery.failures + 1;
  const delayMs = nextDelayMs(failures);
  world.store.run(
    'UPDATE deliveries SET state = ?, failures = ?, next_attempt_at = ? WHERE id = ?',
    delayMs === null ? 'Failure' : 'Attempting',
    failures,
    delayMs === null ? null : world.now() + delayMs,
    delivery.id,
  );
  world.store.run(
    `UPDATE consumers SET failing_since_at = COALESCE(failing_since_at, ?1),
       disabled = disabled OR COALESCE(?1 - failing_since_at >= ?2, 0) WHERE id = ?3`,
    world.now(),
    DISABLED_AFTER_MS,
    delivery.consumer_id,
  );
}

/**
 * Makes one attempt and records it. Any 2xx within 15 s is success; redirects are not followed.
 * An attempt cut off by `stop` leaves no trace, so it is made again after a restart.
 */
export async function attemptDelivery(
  world: World,
  delivery: DueDelivery,
  stop: AbortSignal,
): Promise<void> {
  const startedMs = world.realNow();
  const outcome = await post(world, delivery, stop);
  if (!outcome) {
    if (!stop.aborted) {
      world.store.run('UPDATE deliveries SET next_attempt_at = NULL WHERE id = ?', delivery.id);
    }
    return;
  }
  world.store.transaction(() => {
    const isKnown = world.store.get('SELECT 1 FROM deliveries WHERE id = ?', delivery.id);
    if (!isKnown) return;
    world.store.run(
      'INSERT INTO attempts (delivery_id, at_ms, status, error) VALUES (?, ?, ?, ?)',
      delivery.id,
      startedMs,
      outcome.status,
      outcome.error,
    );
    if (outcome.error === null) recordSuccess(world, delivery);
    else recordFailure(world, delivery);
  });
}
