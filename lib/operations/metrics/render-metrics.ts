import 'server-only';
import { Gauge, Registry } from 'prom-client';
import { getDb } from '@/db/client';
import { logger } from '@/lib/runtime/logger';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { getReadiness } from '@/lib/runtime/readiness';
import { withDeadline } from '@/lib/runtime/with-deadline';
import { figureMetrics } from './figure-metrics';
import { type Figures, readFigures } from './read-figures';

/** However often and by how many it is asked, the database is asked this often. */
const keepMs = 5000;
const readWithinMs = 2000;

export type State = { ready: boolean; databaseUp: boolean; figures: Figures | null };
let last: { at: number; state: Promise<State> } | undefined;

/**
 * Everything this process can tell, in Prometheus' text format. Without the database it is what the
 * process itself has counted, and `portal_database_up 0`.
 */
export async function renderMetrics(now = Date.now()): Promise<{ text: string; type: string }> {
  const { registry } = getMetrics();
  if (!last || now - last.at >= keepMs) last = { at: now, state: readState() };
  const state = await last.state;
  const parts = [registry, stateMetrics(state)];
  if (state.figures) parts.push(figureMetrics(state.figures));
  return { text: await Registry.merge(parts).metrics(), type: registry.contentType };
}

async function readState(): Promise<State> {
  const [readiness, figures] = await Promise.all([getReadiness(), figuresInTime()]);
  const answers = figures !== null || readiness === 'ready' || readiness === 'migrations';
  const databaseUp = answers && readiness !== 'read-only';
  return { ready: readiness === 'ready', databaseUp, figures };
}

async function figuresInTime(): Promise<Figures | null> {
  const figures = withDeadline(readFigures(getDb()), readWithinMs, () => {
    throw new Error('the figures took too long');
  });
  return figures.catch((error: unknown) => {
    logger.warn({ err: error }, 'metrics are missing the database counts');
    return null;
  });
}

/** What this process finds out when it is asked. */
export function stateMetrics(state: State): Registry {
  const registry = new Registry();
  const registers = [registry];
  const flag = (name: string, help: string, value: boolean) =>
    new Gauge({ name, help, registers }).set(Number(value));
  flag('portal_ready', 'Whether /api/ready of this process says yes.', state.ready);
  flag(
    'portal_database_up',
    'Whether the database answers this process and takes writes.',
    state.databaseUp,
  );
  flag(
    'portal_figures_up',
    'Whether what the database says is part of this answer.',
    state.figures !== null,
  );
  const { totalCount, idleCount, waitingCount } = getDb().$client;
  const pool = new Gauge({
    name: 'portal_database_connections',
    help: 'Connections of this process for pages and webhooks; waiting: requests for one.',
    labelNames: ['state'],
    registers,
  });
  pool.set({ state: 'busy' }, totalCount - idleCount);
  pool.set({ state: 'idle' }, idleCount);
  pool.set({ state: 'waiting' }, waitingCount);
  return registry;
}
