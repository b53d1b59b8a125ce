import { Client } from 'pg';

/** A query as `explain` takes it. */
export type CapturedQuery = { toSQL: () => { sql: string; params: unknown[] } };

/** Every SELECT that `run` sends to the database, in order. */
export async function captureQueries(run: () => Promise<unknown>): Promise<CapturedQuery[]> {
  const query = Client.prototype.query;
  const asked: { sql: string; params: unknown[] }[] = [];
  Client.prototype.query = function capture(this: Client, ...all: unknown[]) {
    const [first, values] = all as [string | { text: string }, unknown[] | undefined];
    asked.push({ sql: typeof first === 'string' ? first : first.text, params: values ?? [] });
    return (query as (...all: unknown[]) => unknown).apply(this, all);
  } as typeof query;
  try {
    await run();
  } finally {
    Client.prototype.query = query;
  }
  const selects = asked.filter(({ sql }) => /^\s*(select|with)\b/.test(sql));
  return selects.map((one) => ({ toSQL: () => one }));
}
