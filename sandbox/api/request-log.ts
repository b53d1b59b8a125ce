import { toMillisecondIso } from '@/sandbox/timestamps';
import type { World } from '@/sandbox/world';

const KEPT_REQUESTS = 50_000;

/** Notes a call as it arrives; returns what to call with the status once it is answered (0: dropped). */
export function logRequest({ store, realNow }: World, method: string, url: URL) {
  const row = store.get<{ seq: number }>(
    'INSERT INTO requests (at_ms, method, path, query) VALUES (?, ?, ?, ?) RETURNING seq',
    realNow(),
    method,
    url.pathname,
    url.search,
  );
  const seq = row?.seq ?? 0;
  if (seq % 1000 === 0) store.run('DELETE FROM requests WHERE seq <= ?', seq - KEPT_REQUESTS);
  return (status: number): void => {
    store.run('UPDATE requests SET status = ? WHERE seq = ?', status, seq);
  };
}

interface RequestRow {
  seq: number;
  at_ms: number;
  method: string;
  path: string;
  query: string;
  status: number | null;
}

/** The calls since a time (inclusive), oldest first; status is null while one is being answered. */
export function listRequests({ store }: World, sinceMs: number) {
  return store
    .all<RequestRow>('SELECT * FROM requests WHERE at_ms >= ? ORDER BY seq', sinceMs)
    .map(({ seq, at_ms: atMs, method, path, query, status }) => ({
      id: seq,
      at: toMillisecondIso(atMs),
      method,
      path,
      query,
      status,
    }));
}

export function clearRequests({ store }: World): void {
  store.run('DELETE FROM requests');
}
