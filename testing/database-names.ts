/** The URL of another database on the same server. */
export function databaseUrl(base: string, name: string): string {
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.href;
}

/** Name of the database of one Vitest worker, beside the one that was given or another worker's. */
export function workerDatabase(base: string, workerId: string): string {
  const given = new URL(base).pathname.slice(1).replace(/_worker_\d+$/, '');
  return `${given}_worker_${workerId}`;
}
