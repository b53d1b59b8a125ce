import 'server-only';
import { Gauge, Registry } from 'prom-client';
import { connectionStates } from '@/lib/connections/types';
import { countLimit, type Figures } from './read-figures';

/** The metrics that come from the database, the same from every process: take their `max`. */
export function figureMetrics(figures: Figures): Registry {
  const registry = new Registry();
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const single = (name: string, help: string, value: number | null) => {
    if (value !== null) gauge(name, help).set(value);
  };

  const inbox = gauge(
    'portal_inbox_events',
    `Webhook events in these states, counted up to ${countLimit}.`,
    ['state'],
  );
  for (const state of ['pending', 'unmatched', 'dead'] as const)
    inbox.set({ state }, figures[state]);
  single(
    'portal_inbox_lag_seconds',
    'How long the event that waits longest could have been processed already.',
    figures.lag ?? 0,
  );
  single(
    'portal_inbox_oldest_pending_age_seconds',
    'Since the arrival of the oldest event that is not processed, retries included.',
    figures.oldestPendingAge ?? 0,
  );
  single(
    'portal_webhook_last_received_timestamp_seconds',
    'When the last new webhook arrived.',
    figures.lastReceivedAt,
  );
  single(
    'portal_webhooks_silent',
    'Whether webhooks have stopped while sweeps find changes.',
    Number(figures.webhooksSilent),
  );

  single(
    'portal_reads_due',
    `Reads of companies from Codat that are due, up to ${countLimit}.`,
    figures.readsDue,
  );
  single(
    'portal_reads_lag_seconds',
    'How late the read is that is due longest.',
    figures.readsLag ?? 0,
  );
  const connections = gauge(
    'portal_connections',
    'Connections by state; stopped: linked at Codat, but no data comes.',
    ['state'],
  );
  for (const state of [...connectionStates, 'other']) {
    connections.set({ state }, figures.connections[state] ?? 0);
  }
  const setups = gauge(
    'portal_setups_waiting',
    `Companies not yet created at Codat, up to ${countLimit}, by what holds them up.`,
    ['problem'],
  );
  for (const [problem, count] of Object.entries(figures.setups)) setups.set({ problem }, count);
  single(
    'portal_setup_oldest_age_seconds',
    'Age of the company that has waited longest for being created at Codat.',
    figures.setupOldestAge ?? 0,
  );

  single(
    'portal_sweep_last_finished_timestamp_seconds',
    'When a sweep last came to its end.',
    figures.sweepFinishedAt,
  );
  single(
    'portal_sweep_missed',
    'Differences that no webhook had told, found by sweeps of the last 24 hours.',
    figures.sweepMissed,
  );
  single(
    'portal_sweep_found',
    'Companies unknown here, found by sweeps of the last 24 hours.',
    figures.sweepFound,
  );

  single('portal_codat_quota_limit', 'Calls that Codat allows a day.', figures.quotaLimit);
  single(
    'portal_codat_quota_remaining',
    'Calls that Codat said are left today.',
    figures.quotaRemaining,
  );
  single(
    'portal_codat_quota_reset_timestamp_seconds',
    'When Codat said that the quota is whole again.',
    figures.quotaResetAt,
  );
  single(
    'portal_codat_quota_seen_timestamp_seconds',
    'When Codat last said so.',
    figures.quotaSeenAt,
  );
  single(
    'portal_codat_blocked',
    'Whether Codat told us to wait.',
    Number(figures.blockedUntil !== null),
  );
  single(
    'portal_codat_blocked_until_timestamp_seconds',
    'Until when, in case it did.',
    figures.blockedUntil,
  );
  single(
    'portal_codat_calls_left',
    'Calls to Codat that all processes together could make in this moment.',
    figures.callsLeft,
  );

  single(
    'portal_checks_failing',
    'Things to fix that the checks of the setup last found, as the overview shows them.',
    figures.checksFailing,
  );
  const jobs = gauge(
    'portal_job_last_success_timestamp_seconds',
    'When each background job last succeeded.',
    ['queue'],
  );
  for (const [queue, at] of Object.entries(figures.jobs)) if (at !== null) jobs.set({ queue }, at);
  return registry;
}
