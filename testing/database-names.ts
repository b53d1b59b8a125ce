/** The URL of another database on the same server. */
export function databaseUrl(base: string, name: string): string {
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.href;
}

/** Name of the database of one Vitest worker, beside the one that was given. */
export function workerDatabase(base: string, workerId: string): string {
  return `${new URL(base).pathname.slice(1)}_worker_${workerId}`;
}
