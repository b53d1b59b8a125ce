import type { Store } from './open-store';

/** Reads a JSON value kept under `key`, or null. The caller knows what it wrote. */
export function readMeta<Value>(store: Store, key: string): Value | null {
  const row = store.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key);
  return row ? (JSON.parse(row.value) as Value) : null;
}

/** Keeps a JSON value under `key`. */
export function writeMeta(store: Store, key: string, value: unknown): void {
  store.run(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    JSON.stringify(value),
  );
}
