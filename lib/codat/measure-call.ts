import 'server-only';
import { getMetrics } from '@/lib/process-metrics';
import { CodatError } from './errors';
import type { CodatCall } from './send';

/** Words of Codat's paths. What stands between them is an id. */
const words = ['companies', 'connections', 'integrations', 'webhooks', 'profile', 'clients'];

/** `/companies/5fa8…/connections` as `/companies/{id}/connections`, and no more than five parts. */
export function codatRoute(path: string): string {
  const parts = path.split('/').slice(1, 6);
  return `/${parts.map((part) => (words.includes(part) ? part : '{id}')).join('/')}`;
}

/** How a call ended, in one of few words. */
export function outcomeOf(error: unknown): string {
  if (!(error instanceof CodatError)) return 'failed';
  if (!error.asked) return 'not_asked';
  if (error.kind !== 'status') return error.kind;
  if (error.status === 429) return 'rate_limited';
  return (error.status ?? 0) >= 500 ? 'server_error' : 'client_error';
}

/** Makes a call, and counts it with its time and outcome. */
export async function measureCall<T>(call: CodatCall, make: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const count = (outcome: string) =>
    getMetrics().codatRequests.observe(
      { method: call.method, route: codatRoute(call.path), outcome },
      (performance.now() - startedAt) / 1000,
    );
  try {
    const result = await make();
    count('ok');
    return result;
  } catch (error) {
    count(outcomeOf(error));
    throw error;
  }
}
