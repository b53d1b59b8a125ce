import 'server-only';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { remember } from './process-state';

export type Metrics = ReturnType<typeof defineMetrics>;

/**
 * What this process counts for `/api/metrics`. Labels only take values of closed sets, never an id or
 * anything a stranger can make up: each new value stays as long as the process lives.
 */
export function getMetrics(): Metrics {
  return remember('metrics', defineMetrics);
}

function defineMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'portal_build_info',
    help: 'Always 1; the build that runs here.',
    labelNames: ['version'],
    registers,
  }).set({ version: portalVersion }, 1);
  return {
    registry,
    deliveries: new Counter({
      name: 'portal_webhook_deliveries_total',
      help: 'Deliveries to /api/webhooks/codat, by the status they were answered with.',
      labelNames: ['status'],
      registers,
    }),
    events: new Counter({
      name: 'portal_webhook_events_total',
      help: 'The result of each attempt to process a webhook event.',
      labelNames: ['event_type', 'state'],
      registers,
    }),
    eventDelay: new Histogram({
      name: 'portal_webhook_event_delay_seconds',
      help: 'From the arrival of an event to the end of its processing.',
      buckets: [0.1, 0.5, 1, 2, 5, 15, 60, 300, 1800],
      registers,
    }),
    codatRequests: new Histogram({
      name: 'portal_codat_request_duration_seconds',
      help: 'Calls to Codat, with their time. not_asked: skipped, because Codat had not answered lately.',
      labelNames: ['method', 'route', 'outcome'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8],
      registers,
    }),
    codatHeld: new Counter({
      name: 'portal_codat_held_total',
      help: 'Calls that the gate to Codat did not let through. reason: blocked (Codat told us to wait), quota (the rest of the day is for people), pace (too many in this minute).',
      labelNames: ['priority', 'reason'],
      registers,
    }),
    circuitOpen: new Gauge({
      name: 'portal_codat_circuit_open',
      help: '1 while this process does not call Codat because it has not answered lately.',
      registers,
    }),
    handOffs: new Counter({
      name: 'portal_link_handoffs_total',
      help: 'Hand-offs to Hosted Link. result: sent, failed, copied (a link that staff send).',
      labelNames: ['result'],
      registers,
    }),
    returns: new Counter({
      name: 'portal_link_returns_total',
      help: 'Returns from Hosted Link, by the status code that the query claims; stranger: its state is unknown; again: it was already used.',
      labelNames: ['outcome'],
      registers,
    }),
    liveStreams: new Gauge({
      name: 'portal_live_streams',
      help: 'Open streams of /api/live.',
      registers,
    }),
    jobRuns: new Histogram({
      name: 'portal_job_duration_seconds',
      help: 'Runs of background jobs by this process. result: ok, failed.',
      labelNames: ['queue', 'result'],
      buckets: [0.1, 0.5, 2, 10, 60, 300],
      registers,
    }),
    rowsExpired: new Counter({
      name: 'portal_rows_expired_total',
      help: 'Rows that were kept for as long as the settings say, and then deleted.',
      labelNames: ['kind'],
      registers,
    }),
    httpRequests: new Counter({
      name: 'portal_http_requests_total',
      help: 'Answered requests, by their route’s template.',
      labelNames: ['route', 'method', 'status'],
      registers,
    }),
    httpDuration: new Histogram({
      name: 'portal_http_request_duration_seconds',
      help: 'From a request to the last byte of its answer, without live streams.',
      labelNames: ['route', 'method'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    httpOpen: new Gauge({
      name: 'portal_http_requests_open',
      help: 'Requests being answered, including live streams.',
      registers,
    }),
    logLines: new Counter({
      name: 'portal_log_lines_total',
      help: 'Log lines of level warn and above.',
      labelNames: ['level'],
      registers,
    }),
  };
}

/** The version in package.json; a test compares them. */
export const portalVersion = '0.1.0';
