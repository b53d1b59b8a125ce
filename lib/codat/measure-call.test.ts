import { expect, it } from 'vitest';
import { getMetrics } from '@/lib/runtime/process-metrics';
import { CodatError } from './errors';
import { codatRoute, measureCall } from './measure-call';

const id = '0498e921-9b53-4396-a412-4f2f5983b0a2';

it.each([
  ['/companies', '/companies'],
  [`/companies/${id}`, '/companies/{id}'],
  [`/companies/${id}/connections/${id}`, '/companies/{id}/connections/{id}'],
  ['/companies/a%2Fb', '/companies/{id}'],
  ['/integrations', '/integrations'],
  [`/companies/${'a/'.repeat(50)}`, '/companies/{id}/{id}/{id}/{id}'],
])('%s is counted as %s', (path, route) => {
  expect(codatRoute(path)).toBe(route);
});

it.each([
  [null, 'ok'],
  [new CodatError('unreachable', 'x'), 'unreachable'],
  [new CodatError('unreachable', 'x', { asked: false }), 'not_asked'],
  [new CodatError('malformed', 'x', { status: 200 }), 'malformed'],
  [new CodatError('status', 'x', { status: 404 }), 'client_error'],
  [new CodatError('status', 'x', { status: 401 }), 'refused'],
  [new CodatError('status', 'x', { status: 402 }), 'refused'],
  [new CodatError('status', 'x', { status: 429 }), 'rate_limited'],
  [new CodatError('status', 'x', { status: 503 }), 'server_error'],
  [new Error('of our own'), 'failed'],
])('a call that ends with %s is counted as %s', async (error, outcome) => {
  const { codatRequests } = getMetrics();
  codatRequests.reset();
  const made = measureCall({ method: 'GET', path: `/companies/${id}` }, async () => {
    if (error) throw error;
    return 'answer';
  });
  if (error) await expect(made).rejects.toBe(error);
  else expect(await made).toBe('answer');
  const { values } = await codatRequests.get();
  expect(values.filter(({ metricName }) => metricName?.endsWith('_count'))).toMatchObject([
    { labels: { method: 'GET', route: '/companies/{id}', outcome }, value: 1 },
  ]);
});
