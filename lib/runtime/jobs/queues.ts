/** Queues of pg-boss: their names and options. Handlers are in `lib/worker`. */
export const queues = {
  provisionCompany: {
    name: 'company.provision',
    options: {
      policy: 'exclusive',
      retryLimit: 20,
      retryDelay: 5,
      retryBackoff: true,
      retryDelayMax: 300,
      expireInSeconds: 60,
      deleteAfterSeconds: 86_400,
    },
  },
  requeueProvisioning: {
    name: 'company.provision-requeue',
    options: {
      policy: 'singleton',
      retryLimit: 0,
      expireInSeconds: 120,
      deleteAfterSeconds: 86_400,
    },
  },
  refreshIntegrations: {
    name: 'integrations.refresh',
    options: {
      policy: 'exclusive',
      retryLimit: 5,
      retryDelay: 30,
      retryBackoff: true,
      expireInSeconds: 300,
      deleteAfterSeconds: 86_400,
    },
  },
  refreshSyncSchedule: {
    name: 'sync-schedule.refresh',
    options: {
      policy: 'exclusive',
      retryLimit: 0,
      expireInSeconds: 3600,
      deleteAfterSeconds: 86_400,
    },
  },
  sweep: {
    name: 'sweep',
    options: {
      policy: 'singleton',
      retryLimit: 0,
      expireInSeconds: 120,
      deleteAfterSeconds: 86_400,
    },
  },
  checks: {
    name: 'checks',
    options: {
      policy: 'exclusive',
      retryLimit: 0,
      expireInSeconds: 120,
      deleteAfterSeconds: 86_400,
    },
  },
  housekeeping: {
    name: 'housekeeping',
    options: {
      policy: 'singleton',
      retryLimit: 2,
      expireInSeconds: 600,
      deleteAfterSeconds: 86_400,
    },
  },
} as const;

/**
 * Jobs that run by the clock: when, and after how long without a run something is wrong. Times are
 * UTC.
 */
export const schedules = [
  { name: queues.sweep.name, cron: '* * * * *', staleMinutes: 5 },
  { name: queues.requeueProvisioning.name, cron: '* * * * *', staleMinutes: 5 },
  { name: queues.refreshIntegrations.name, cron: '17 3 * * *', staleMinutes: 25 * 60 },
  { name: queues.refreshSyncSchedule.name, cron: '37 * * * *', staleMinutes: 130 },
  { name: queues.checks.name, cron: '23 * * * *', staleMinutes: 130 },
  { name: queues.housekeeping.name, cron: '41 * * * *', staleMinutes: 130 },
] as const;
