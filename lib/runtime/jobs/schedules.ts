import { queues } from './queues';

/**
 * Jobs that run by the clock: when, and after how long without a run something is wrong. Times are
 * UTC.
 */
export const schedules = [
  { name: queues.sweep.name, cron: '* * * * *', staleMinutes: 5 },
  { name: queues.requeueProvisioning.name, cron: '* * * * *', staleMinutes: 5 },
  { name: queues.refreshIntegrations.name, cron: '17 3 * * *', staleMinutes: 25 * 60 },
  { name: queues.checks.name, cron: '23 * * * *', staleMinutes: 130 },
  { name: queues.housekeeping.name, cron: '41 * * * *', staleMinutes: 130 },
] as const;
