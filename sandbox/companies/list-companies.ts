import type { Fields } from '@/sandbox/query/match-query';
import { compileQuery, compileTags, unresolvedProperty } from '@/sandbox/query/match-query';
import { type Order, type Page, readOrder, sortBy } from '@/sandbox/query/paging';
import {
  COMPANY_COLUMNS,
  type Company,
  type CompanyRow,
  countCompanies,
  toCompany,
} from '@/sandbox/records/company-record';
import type { World } from '@/sandbox/world';

interface Candidate extends Company {
  lastSyncMs: number | null;
  statuses: string[];
}

const FIELDS: Fields<Candidate> = {
  id: { type: 'string', read: (company) => company.id },
  name: { type: 'string', read: (company) => company.name },
  description: { type: 'string', read: (company) => company.description ?? undefined },
  created: { type: 'date', read: (company) => company.createdMs },
  lastSync: { type: 'date', read: (company) => company.lastSyncMs },
  'dataConnections.status': { type: 'strings', read: (company) => company.statuses },
};

const ORDERS = ['created', 'modifiedDate', 'name', 'lastSync', 'id'] as const;
type OrderField = (typeof ORDERS)[number];

const LAST_SYNC = '(SELECT MAX(last_sync_ms) FROM connections WHERE company_id = companies.id)';
const ORDER_SQL: Record<OrderField, string> = {
  created: 'seq',
  modifiedDate: 'modified_ms',
  name: 'name COLLATE NOCASE',
  lastSync: LAST_SYNC,
  id: 'id',
};

function loadCandidates({ store }: World): Candidate[] {
  const statuses = new Map<string, string[]>();
  for (const row of store.all<{ company_id: string; status: string }>(
    'SELECT company_id, status FROM connections',
  )) {
    const known = statuses.get(row.company_id);
    if (known) known.push(row.status);
    else statuses.set(row.company_id, [row.status]);
  }
  return store
    .all<CompanyRow & { last_sync_ms: number | null }>(
      `SELECT ${COMPANY_COLUMNS}, ${LAST_SYNC} AS last_sync_ms FROM companies ORDER BY seq`,
    )
    .map((row) => ({
      ...toCompany(row),
      lastSyncMs: row.last_sync_ms,
      statuses: statuses.get(row.id) ?? [],
    }));
}

function sortCandidates(found: Candidate[], { field, descending }: Order<OrderField>): Candidate[] {
  const keys: Record<OrderField, (company: Candidate) => string | number | null> = {
    created: (company) => company.createdMs,
    modifiedDate: (company) => company.modifiedMs,
    name: (company) => company.name,
    lastSync: (company) => company.lastSyncMs,
    id: (company) => company.id,
  };
  return sortBy(found, keys[field], descending);
}

/** The only published value is `-modifiedDate`; the settings decide whether others are taken too. */
function requireAcceptedOrder(world: World, orderBy: string | undefined): void {
  const { orderBy: accepted } = world.settings.current();
  if (!orderBy || accepted === 'any') return;
  const field = orderBy.replace(/^-/, '');
  if (accepted === 'refused' || field !== 'modifiedDate')
    throw unresolvedProperty(field, 'Company');
}

export interface CompanyPage {
  companies: Company[];
  total: number;
}

/** One page of companies; throws the documented 400s for `query`, `tags` and `orderBy`. */
export function listCompanies(
  world: World,
  parameters: Record<string, string | undefined>,
  { page, pageSize }: Page,
): CompanyPage {
  requireAcceptedOrder(world, parameters.orderBy);
  const order = readOrder(parameters.orderBy, ORDERS, 'created', 'Company');
  const offset = (page - 1) * pageSize;
  if (!parameters.query && !parameters.tags) {
    const direction = order.descending ? 'DESC' : 'ASC';
    const rows = world.store.all<CompanyRow>(
      `SELECT ${COMPANY_COLUMNS} FROM companies
       ORDER BY ${ORDER_SQL[order.field]} ${direction}, seq ${direction} LIMIT ? OFFSET ?`,
      pageSize,
      offset,
    );
    return { companies: rows.map(toCompany), total: countCompanies(world) };
  }
  const matchesQuery = parameters.query
    ? compileQuery(parameters.query, FIELDS, 'Company')
    : () => true;
  const matchesTags = parameters.tags ? compileTags(parameters.tags) : () => true;
  const found = loadCandidates(world).filter(
    (company) => matchesQuery(company) && matchesTags(company.tags ?? {}),
  );
  const sorted = sortCandidates(found, order);
  return { companies: sorted.slice(offset, offset + pageSize), total: found.length };
}
