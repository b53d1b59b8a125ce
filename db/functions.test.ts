import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeOwnDatabase } from '@/testing/own-database';
import { getDb } from './client';
import { migrateDatabase } from './migrate';

const file = readFileSync(join(import.meta.dirname, 'functions.sql'), 'utf8');
const named = (pattern: RegExp) => [...file.matchAll(pattern)].map(([, name]) => name).sort();

const dropDatabase = await makeOwnDatabase('functions');
let found: Catalogue;
beforeAll(async () => {
  found = await readCatalogue();
});
afterAll(async () => {
  await getDb().$client.end();
  await dropDatabase();
});

type Entry = { name: string; definition: string };
type Catalogue = Record<'extensions' | 'functions' | 'triggers' | 'storage', Entry[]>;

/** Everything in the database that `db/schema` does not say. */
async function readCatalogue(): Promise<Catalogue> {
  const read = async (query: string) => (await getDb().execute<Entry>(query)).rows;
  return {
    extensions: await read(`select extname as name, '' as definition from pg_extension
      where extname <> 'plpgsql' order by 1`),
    functions: await read(`select proname as name, pg_get_functiondef(p.oid) as definition
      from pg_proc p where pronamespace = 'public'::regnamespace and not exists (
        select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`),
    triggers: await read(`select tgname as name, pg_get_triggerdef(t.oid) as definition
      from pg_trigger t join pg_class c on c.oid = tgrelid
      where not tgisinternal and relnamespace = 'public'::regnamespace order by 1`),
    storage: await read(`select relname as name, array_to_string(reloptions, ',') as definition
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
        and reloptions is not null order by 1`),
  };
}

const names = (entries: Entry[]) => entries.map(({ name }) => name);

it('a migrated database has what functions.sql names, and nothing else', () => {
  expect(names(found.extensions)).toEqual(named(/^CREATE EXTENSION IF NOT EXISTS (\w+)/gm));
  expect(names(found.functions)).toEqual(named(/^CREATE OR REPLACE FUNCTION (\w+)/gm));
  expect(names(found.triggers)).toEqual(named(/^CREATE OR REPLACE TRIGGER (\w+)/gm));
  expect(names(found.storage)).toEqual(named(/^ALTER TABLE (\w+) SET/gm));
  expect(named(/^(CREATE|ALTER|DROP) /gm)).toHaveLength(Object.values(found).flat().length);
});

it('its functions have the bodies that are there', () => {
  for (const { name, definition } of found.functions) {
    const body = definition.match(/\$function\$([\s\S]*)\$function\$/)?.[1];
    expect(file, name).toContain(`$$${body}$$`);
  }
});

it('applied again, it changes nothing; what was changed by hand it puts back', async () => {
  await getDb().execute('drop trigger audit_only_added on audit_entries');
  await getDb().execute('delete from drizzle.functions_applied');
  await migrateDatabase(getDb(), 'db');
  expect(await readCatalogue()).toEqual(found);
  await migrateDatabase(getDb(), 'db');
  expect(await readCatalogue()).toEqual(found);
});
