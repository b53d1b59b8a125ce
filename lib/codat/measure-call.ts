import 'server-only';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { noteInSpan, withSpan } from '@/lib/runtime/span';
import { noteVerdict } from '@/lib/runtime/trouble';
import { CodatError } from './errors';
import type { CodatCall } from './transport';

/** Words in Codat's paths. Anything between them is an id. */
const words = ['companies', 'connections', 'integrations', 'webhooks', 'profile', 'clients'];

/** `/companies/5fa8…/connections` as `/companies/{id}/connections`, and no more than five parts. */
export function codatRoute(path: string): string {
  const parts = path.split('/').slice(1, 6);
  return `/${parts.map((part) => (words.includes(part) ? part : '{id}')).join('/')}`;
}

/** How a call may end. `refused`: Codat does not let us; `not_asked`: given up beforehand. */
export const callOutcomes = [
  'ok',
  'refused',
  'rate_limited',
  'client_error',
  'server_error',
  'malformed',
  'unreachable',
  'not_asked',
  'failed',
] as const;

type CallOutcome = (typeof callOutcomes)[number];

function outcomeOf(error: unknown): CallOutcome {
  if (!(error instanceof CodatError)) return 'failed';
  if (!error.asked) return 'not_asked';
  if (error.kind === 'unreachable' || error.kind === 'malformed') return error.kind;
  const status = error.status ?? 0;
  if (status === 429) return 'rate_limited';
  if ([401, 402, 403].includes(status)) return 'refused';
  return status >= 500 ? 'server_error' : 'client_error';
}

/** Makes a call, and counts and traces it with its time and outcome. */
export function measureCall<T>(call: CodatCall, make: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const { method } = call;
  const route = codatRoute(call.path);
  const count = (outcome: CallOutcome) => {
    const seconds = (performance.now() - startedAt) / 1000;
    getMetrics().codatRequests.observe({ method, route, outcome }, seconds);
    noteInSpan({ 'codat.outcome': outcome });
    if (outcome === 'ok' || outcome === 'refused') noteVerdict(outcome === 'refused');
  };
  return withSpan(`codat ${method} ${route}`, async () => {
    try {
      const result = await make();
      count('ok');
      return result;
    } catch (error) {
      count(outcomeOf(error));
      throw error;
    }
  });
}
