import 'server-only';
import { sql } from 'drizzle-orm';
import type { Db } from '@/db/client';
import { judgeConsumers, type OwnConsumer } from '@/lib/operations/codat-setup/plan-setup';
import { portalEventTypes, webhookUrl } from '@/lib/webhooks/inbox/event-types';
import { CannotCheck, type Check, type CheckContext, checkText } from './check';
import { askCodat, requireMigrated, requireSetting } from './context';

/** Whether Codat sends webhooks to this portal. */
export const webhookConsumer: Check = {
  id: 'webhook-consumer',
  group: 'webhooks',
  run: async (context) => {
    const url = webhookUrl(requireSetting(context, 'APP_URL'));
    const own = await askOwnConsumers(context);
    if (own.some(({ disabled }) => !disabled)) {
      return { state: 'ok', found: checkText('webhook-consumer.ok', { url }) };
    }
    const missing = own.length === 0;
    return {
      state: 'fail',
      found: checkText(missing ? 'webhook-consumer.missing' : 'webhook-consumer.disabled', { url }),
      fix: checkText(missing ? 'webhook-consumer.fixMissing' : 'webhook-consumer.fixDisabled'),
      fixedIn: 'api',
    };
  },
};

/** Whether Codat sends every event type that the portal acts on. */
export const webhookEventTypes: Check = {
  id: 'webhook-event-types',
  group: 'webhooks',
  run: async (context) => {
    const { eventTypes, missingTypes } = await requireOwnConsumer(context);
    if (missingTypes.length === 0) {
      return {
        state: 'ok',
        found: checkText('webhook-event-types.ok', { count: portalEventTypes.length }),
      };
    }
    const fixable = { fix: checkText('webhook-event-types.fix'), fixedIn: 'api' } as const;
    if (eventTypes.length === 0) {
      return { state: 'warn', found: checkText('webhook-event-types.every'), ...fixable };
    }
    const params = { count: missingTypes.length, names: missingTypes.join(', ') };
    return { state: 'fail', found: checkText('webhook-event-types.missing', params), ...fixable };
  },
};

/** Whether Codat sends the events of all companies. */
export const webhookFilter: Check = {
  id: 'webhook-filter',
  group: 'webhooks',
  run: async (context) => {
    const { companyTags } = await requireOwnConsumer(context);
    if (companyTags.length === 0) return { state: 'ok', found: checkText('webhook-filter.ok') };
    return {
      state: 'fail',
      found: checkText('webhook-filter.filtered', { tags: companyTags.join(', ') }),
      fix: checkText('webhook-filter.fix'),
      fixedIn: 'api',
    };
  },
};

/** Whether more than one consumer leads to this portal. */
export const webhookDuplicates: Check = {
  id: 'webhook-duplicates',
  group: 'webhooks',
  run: async (context) => {
    const own = await askOwnConsumers(context);
    if (own.length === 0) throw new CannotCheck('consumer');
    if (own.length === 1) return { state: 'ok', found: checkText('webhook-duplicates.ok') };
    const canBeSorted = own.some(({ isRight }) => !isRight);
    return {
      state: 'warn',
      found: checkText('webhook-duplicates.twice', { count: own.length }),
      fix: checkText(canBeSorted ? 'webhook-duplicates.fixWrong' : 'webhook-duplicates.fix'),
      fixedIn: canBeSorted ? 'api' : 'codat-portal',
    };
  },
};

type DeliveryRow = { last_ms: string | null; missed: number };

/** Changes count that a sweep of the last day found after the last webhook. */
async function lastDelivery(db: Db): Promise<{ at: number | null; missed: number }> {
  const { rows } = await db.execute<DeliveryRow>(sql`
    with last as (
      select coalesce((select max(received_at) from webhook_events),
        (select max(last_received_at) from webhook_ids)) as at
    )
    select extract(epoch from last.at) * 1000 as last_ms,
      coalesce((select sum(missed_by_webhook)::int from sweeps
        where started_at > greatest(now() - interval '1 day', last.at)), 0) as missed
    from last`);
  const [row] = rows;
  return { at: row?.last_ms ? Number(row.last_ms) : null, missed: row?.missed ?? 0 };
}

/** When the last verified webhook came, and whether it should have been followed by others. */
export const webhookDeliveries: Check = {
  id: 'webhook-deliveries',
  group: 'webhooks',
  run: async (context) => {
    const { at, missed } = await lastDelivery(await requireMigrated(context));
    const fixable = {
      fix: checkText('webhook-deliveries.fix'),
      fixedIn: 'codat-portal',
    } as const;
    if (missed > 0) {
      const found =
        at === null
          ? checkText('webhook-deliveries.missedNever', { count: missed })
          : checkText('webhook-deliveries.missed', { at, count: missed });
      return { state: 'fail', found, ...fixable };
    }
    if (at === null)
      return { state: 'warn', found: checkText('webhook-deliveries.never'), ...fixable };
    return { state: 'ok', found: checkText('webhook-deliveries.ok', { at }) };
  },
};

/** The consumers at Codat that lead to this portal, each judged. @throws CannotCheck */
export async function askOwnConsumers(context: CheckContext): Promise<OwnConsumer[]> {
  const appUrl = requireSetting(context, 'APP_URL');
  return judgeConsumers(await askCodat(context, (codat) => codat.consumers()), appUrl);
}

/** The one that counts: right, else enabled, else any. @throws CannotCheck when there is none. */
export async function requireOwnConsumer(context: CheckContext): Promise<OwnConsumer> {
  const own = await askOwnConsumers(context);
  const consumer =
    own.find(({ isRight }) => isRight) ?? own.find(({ disabled }) => !disabled) ?? own[0];
  if (!consumer) throw new CannotCheck('consumer');
  return consumer;
}
