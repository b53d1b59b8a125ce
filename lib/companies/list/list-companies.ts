import 'server-only';
import type { Tx } from '@/db/client';
import { type Actor, can } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { countCompanies, type Found, findCompanies } from './find-companies';
import { type ListedCompany, loadRows } from './load-rows';
import { decodePlace, encodePlace, type Place } from './order';
import { readByIndex } from './read-by-index';
import {
  type CompanyListInput,
  type CompanyListPage,
  type CompanyListRow,
  endOfList,
} from './schemas';

const pageSize = 25;
const connectionsShown = 6;

/**
 * One page of the companies that match, by keyset. A cursor of another sort order, or behind which
 * nothing is left, leads to the beginning.
 * @throws AppError `not-found` if the actor may not read companies.
 */
export async function listCompanies(
  actor: Actor,
  input: CompanyListInput,
): Promise<CompanyListPage> {
  if (!can(actor, 'companies:read')) throw new AppError('not-found', 'notFound');
  return readByIndex(async (tx) => {
    const found = await countCompanies(tx, input);
    const { places, hasBefore, hasAfter } = await findPage(tx, input, found);
    const [first, last] = [places[0], places.at(-1)];
    const ids = places.map(({ id }) => id);
    return {
      rows: (await loadRows(tx, ids)).map(toListRow),
      before: hasBefore && first ? encodePlace(input.sort, first) : null,
      after: hasAfter && last ? encodePlace(input.sort, last) : null,
      total: { count: found.count, isMore: found.isMore },
    };
  });
}

function toListRow({ codatCompanyId: _id, tags: _tags, ...row }: ListedCompany): CompanyListRow {
  return { ...row, connections: row.connections.slice(0, connectionsShown) };
}

type Page = { places: Place[]; hasBefore: boolean; hasAfter: boolean };

async function findPage(tx: Tx, input: CompanyListInput, found: Found): Promise<Page> {
  const search = { input, found, limit: pageSize + 1 };
  const before = decodePlace(input.sort, input.before);
  if (before || input.before === endOfList) {
    const met = await findCompanies(tx, { ...search, from: before, backwards: true });
    // A first page that is not full would be another one than the list begins with.
    if (met.length > pageSize) {
      const places = met.slice(0, pageSize).reverse();
      return { places, hasBefore: true, hasAfter: before !== null };
    }
  }
  const after = decodePlace(input.sort, input.after);
  if (after) {
    const met = await findCompanies(tx, { ...search, from: after, backwards: false });
    if (met.length > 0) return { ...cut(met), hasBefore: true };
  }
  const met = await findCompanies(tx, { ...search, from: null, backwards: false });
  return { ...cut(met), hasBefore: false };
}

function cut(met: Place[]): Pick<Page, 'places' | 'hasAfter'> {
  return { places: met.slice(0, pageSize), hasAfter: met.length > pageSize };
}
