import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from './open-store';

const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('store', () => {
  it('opens one of the first version and keeps what lasts', () => {
    const file = path.join(folder, 'first.sqlite');
    const old = new DatabaseSync(file);
    old.exec(`CREATE TABLE sign_ins (id TEXT PRIMARY KEY);
      CREATE TABLE companies (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL, description TEXT, tags TEXT, created_ms INTEGER NOT NULL);
      INSERT INTO companies (id, name, created_ms) VALUES ('old', 'Toft', 7);
      CREATE TABLE connections (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        company_id TEXT NOT NULL, platform_key TEXT NOT NULL, status TEXT NOT NULL,
        created_ms INTEGER NOT NULL, last_sync_ms INTEGER, errors TEXT NOT NULL DEFAULT '[]',
        was_linked INTEGER NOT NULL DEFAULT 0, account_name TEXT);
      CREATE TABLE flows (id TEXT PRIMARY KEY);
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
      INSERT INTO meta VALUES ('clientId', '"kept"');`);
    old.close();
    const store = openStore(file);
    expect(store.get('SELECT value FROM meta')).toMatchObject({ value: '"kept"' });
    expect(store.all('SELECT seq, applied FROM sign_ins')).toEqual([]);
    expect(store.all('SELECT id, products, modified_ms FROM companies')).toMatchObject([
      { id: 'old', products: '[]', modified_ms: 7 },
    ]);
    expect(store.all('SELECT stopped FROM connections')).toEqual([]);
    store.close();
  });

  it('refuses one of a newer version', () => {
    const file = path.join(folder, 'newer.sqlite');
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(() => openStore(file)).toThrow('newer version');
  });

  it('rolls a failed transaction back, and counts nested ones as one', () => {
    const store = openStore(path.join(folder, 'rollback.sqlite'));
    const write = (key: string) => store.run('INSERT INTO meta VALUES (?, ?)', key, '1');
    expect(() =>
      store.transaction(() => {
        store.transaction(() => write('inner'));
        throw new Error('no');
      }),
    ).toThrow('no');
    store.transaction(() => write('kept'));
    expect(store.all('SELECT key FROM meta')).toMatchObject([{ key: 'kept' }]);
    store.close();
  });
});
