import 'server-only';
import { and, or, type SQL, sql } from 'drizzle-orm';
import { companies } from '@/db/schema/companies';
import { connections } from '@/db/schema/connections';
import { isUuid } from '@/lib/storable-text';

const maxWords = 10;

/** Three letters or digits in a row: less, and the trigram index could leave nothing out. */
const indexable = /[\p{L}\p{N}]{3}/u;

export type SearchWords = { ids: string[]; long: string[]; short: string[] };

/** Sorts the words of a search by the index that finds them. */
export function readSearch(q: string): SearchWords {
  const words = [...new Set(q.split(/\s+/).filter(Boolean))].slice(0, maxWords);
  return {
    ids: words.filter(isUuid),
    long: words.filter((word) => !isUuid(word) && indexable.test(word)),
    short: words.filter((word) => !indexable.test(word)),
  };
}

/**
 * Companies that match every word: an id of the company, here or at Codat, or of one of its
 * connections; a part of its name, of a member's address or of an id; or, for words too short for
 * that, the beginning of a name or address.
 */
export function searchCondition(q: string): SQL | undefined {
  const { ids, long, short } = readSearch(q);
  const begins = short.length > 1 || long.length + ids.length > 0 ? short.map(wordBegins) : [];
  const leads = long.length + ids.length === 0 && short.length > 0;
  return and(
    ...ids.map(hasId),
    ...long.map((word) => sql`${companies.searchText} like ${pattern('%', word, '%')}`),
    // One of them must lead, or no index would narrow down the rest.
    leads ? or(...short.flatMap(nameOrOwnerBegins)) : undefined,
    ...begins,
  );
}

function hasId(word: string): SQL {
  const id = word.toLowerCase();
  return sql`${companies.id} = any(array[
    ${id}::uuid,
    (select c.id from ${companies} c where c.codat_company_id = ${id}),
    (select n.company_id from ${connections} n where n.id = ${id})])`;
}

function nameOrOwnerBegins(word: string): SQL[] {
  const beginning = pattern('', word, '%');
  return [
    sql`lower(left(${companies.name}, 100)) like ${beginning}`,
    sql`${companies.ownerEmail} collate "C" like ${beginning}`,
  ];
}

function wordBegins(word: string): SQL | undefined {
  const text = companies.searchText;
  return or(
    sql`${text} like ${pattern('', word, '%')}`,
    sql`${text} like ${pattern('% ', word, '%')}`,
  );
}

/** The word taken literally. Lowered by PostgreSQL, as the text that it is compared with was. */
function pattern(before: string, word: string, after: string): SQL {
  return sql`lower(${before + word.replace(/[\\%_]/g, '\\$&') + after})`;
}
