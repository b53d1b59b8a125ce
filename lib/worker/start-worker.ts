import 'server-only';
import type { Job } from 'pg-boss';
import { getDb } from '@/db/client';
import { refreshIntegrations } from '@/lib/codat/platforms/integrations';
import { requeueProvisioning, runSetupJob } from '@/lib/companies/provision/begin-setup';
import { foldCounts } from '@/lib/lists/counts';
import { refreshChecks } from '@/lib/operations/checks/refresh-checks';
import {
  enqueueChecks,
  enqueueIntegrationRefresh,
  enqueueScheduleRefresh,
  getBoss,
  type SetupJob,
  stopBoss,
  stopJobs,
} from '@/lib/runtime/jobs/boss';
import { queues, schedules } from '@/lib/runtime/jobs/queues';
import { recordRun } from '@/lib/runtime/jobs/record-run';
import { logger, withLogContext } from '@/lib/runtime/logger';
import { withSpan } from '@/lib/runtime/span';
import { drainDueReads } from '@/lib/sync/drain-reads';
import { lookAtDueConnections } from '@/lib/sync/health/look-again';
import { refreshSyncSchedule } from '@/lib/sync/health/sync-schedule';
import { runSweepStep } from '@/lib/sync/sweep/run-sweep';
import { processInboxBatch } from '@/lib/webhooks/inbox/process-inbox';
import { onWakeInbox } from '@/lib/webhooks/inbox/receive';
import { requeueMatched } from '@/lib/webhooks/inbox/requeue-events';
import { adoptUnknown } from '@/lib/webhooks/inbox/unknown-companies';
import { housekeep } from './housekeep';
import { type Loop, startLoop } from './loop';

export type Worker = {
  /** Starts nothing new; resolves when running work is done. */
  rest: () => Promise<void>;
  stop: (timeoutMs: number) => Promise<void>;
};

/**
 * Starts the background work of this process: the webhook inbox, the wanted reads and the jobs of
 * pg-boss. Any number of processes may do so in parallel.
 */
export async function startWorker(): Promise<Worker> {
  const loops: Loop[] = [
    startLoop('inbox', 400, async () => (await processInboxBatch()) > 0),
    startLoop('reads', 500, async () => (await drainDueReads()) > 0),
    startLoop('health', 2000, lookAtDueConnections),
    startLoop('unmatched', 10_000, async () => {
      await adoptUnknown(getDb());
      await requeueMatched(getDb());
      return false;
    }),
    startLoop('tallies', 60_000, async () => {
      await foldCounts(getDb());
      return false;
    }),
    startLoop('heartbeat', 60_000, async () => {
      await recordRun('worker', async () => {});
      return false;
    }),
    startLoop('jobs', 2000, startJobs()),
  ];
  onWakeInbox(() => loops[0]?.wake());
  logger.info('worker started');
  const rest = async () => {
    onWakeInbox(undefined);
    await Promise.all([...loops.map((loop) => loop.stop()), stopJobs()]);
  };
  return {
    rest,
    async stop(timeoutMs) {
      await Promise.all([rest(), stopBoss(timeoutMs)]);
      logger.info('worker stopped');
    },
  };
}

/** Starts pg-boss as soon as the database lets it, and then has nothing more to do. */
function startJobs(): () => Promise<boolean> {
  let started = false;
  return async () => {
    if (!started) await registerJobs();
    started = true;
    return false;
  };
}

async function registerJobs(): Promise<void> {
  const boss = await getBoss('work');
  const { provisionCompany: provision, requeueProvisioning: requeue } = queues;
  await boss.work<SetupJob>(
    provision.name,
    { batchSize: 1, pollingIntervalSeconds: 2 },
    async ([job]: Job<SetupJob>[]) => {
      if (!job) return;
      const { companyId } = job.data;
      await withLogContext({ job: job.name, jobId: job.id, companyId }, () =>
        withSpan(`job ${provision.name}`, () => runSetupJob(job.data)),
      );
    },
  );
  const work = (name: string, run: () => Promise<unknown>) =>
    boss.work(name, ([job]) =>
      withLogContext({ job: name, ...(job && { jobId: job.id }) }, () => recordRun(name, run)),
    );
  await work(requeue.name, requeueProvisioning);
  await work(queues.refreshIntegrations.name, refreshIntegrations);
  await work(queues.refreshSyncSchedule.name, refreshSyncSchedule);
  await work(queues.housekeeping.name, housekeep);
  await work(queues.checks.name, () => refreshChecks());
  await work(queues.sweep.name, () => runSweepStep());
  for (const { name, cron } of schedules) await boss.schedule(name, cron);
  await enqueueIntegrationRefresh();
  await enqueueScheduleRefresh();
  // When the jobs of a process that has just started have run.
  await enqueueChecks(60);
}
