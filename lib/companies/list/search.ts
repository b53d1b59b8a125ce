import 'server-only';
import { and, or, type SQL, sql } from 'drizzle-orm';
import { companies } from '@/db/schema/companies';
import { companyList, companySearch } from '@/db/schema/company-list';
import { connections } from '@/db/schema/connections';
import { isUuid } from '@/lib/storable-text';

const maxWords = 10;

/** The trigram index knows the beginnings of such words. */
const hasBeginning = (word: string) => /^[\p{L}\p{N}]/u.test(word);

/** Three letters or digits in a row: less, and the trigram index could leave nothing out. */
const indexable = /[\p{L}\p{N}]{3}/u;

/**
 * The searched text has its own table. `first`: look up the matching texts, then their companies.
 * `once`: look them up once and keep them while walking through many companies. `beside`: try the text
 * of each company that meets everything else. `guessed`: what the planner estimates best.
 */
export type SearchWay = 'first' | 'once' | 'beside' | 'guessed';

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
export function searchCondition(q: string, way: SearchWay): SQL | undefined {
  const { ids, long, short } = readSearch(q);
  const begins = short.length > 1 || long.length + ids.length > 0 ? short.map(wordBegins) : [];
  const leads = long.length + ids.length === 0 && short.length > 0;
  const narrows = ids.length === 0 && (long.length > 0 || short.some(hasBeginning));
  return and(
    ...ids.map(hasId),
    inText(and(...long.map((word) => like('%', word, '%')), ...begins), narrows ? way : 'beside'),
    // One of them must lead, or no index would narrow down the rest.
    leads ? or(...short.flatMap(nameOrOwnerBegins)) : undefined,
  );
}

function inText(matches: SQL | undefined, way: SearchWay): SQL | undefined {
  const { companyId } = companyList;
  const found = sql`select company_id from ${companySearch} where ${matches}`;
  const ways: Record<SearchWay, SQL> = {
    first: sql`${companyId} = any(array(${found}))`,
    // Not to be made a join of.
    once: sql`(${companyId} in (${found})) is true`,
    beside: sql`exists (${found} and ${companySearch.companyId} = ${companyId} offset 0)`,
    guessed: sql`${companyId} in (${found})`,
  };
  return matches && ways[way];
}

function hasId(word: string): SQL {
  const id = word.toLowerCase();
  return sql`${companyList.companyId} = any(array[
    ${id}::uuid,
    (select c.id from ${companies} c where c.codat_company_id = ${id}),
    (select n.company_id from ${connections} n where n.id = ${id})])`;
}

function nameOrOwnerBegins(word: string): SQL[] {
  const beginning = pattern('', word, '%');
  return [
    sql`lower(left(${companyList.name}, 100)) like ${beginning}`,
    sql`${companyList.ownerEmail} collate "C" like ${beginning}`,
  ];
}

function wordBegins(word: string): SQL | undefined {
  return or(like('', word, '%'), like('% ', word, '%'));
}

function like(before: string, word: string, after: string): SQL {
  return sql`${companySearch.searchText} like ${pattern(before, word, after)}`;
}

/** The word taken literally. Lowered by PostgreSQL, as the text that it is compared with was. */
function pattern(before: string, word: string, after: string): SQL {
  return sql`lower(${before + word.replace(/[\\%_]/g, '\\$&') + after})`;
}
