import { companyNotFound } from '@/sandbox/errors/api-error';
import type { World } from '@/sandbox/world';

export type Tags = Record<string, string>;

export interface Company {
  id: string;
  name: string;
  description: string | null;
  tags: Tags | null;
  /** Identifiers of the products assigned to it. */
  products: string[];
  /** The company above it, where one pass through Hosted Link connected several legal entities. */
  parentId: string | null;
  /** Its own interval between reads in hours, 0 for none; null: the client's. */
  syncHours: number | null;
  createdMs: number;
  /** The last change of it or of one of its connections. */
  modifiedMs: number;
}

export interface CompanyRow {
  id: string;
  name: string;
  description: string | null;
  tags: string | null;
  products: string;
  parent_id: string | null;
  sync_hours: number | null;
  created_ms: number;
  modified_ms: number;
}

export const COMPANY_COLUMNS =
  'id, name, description, tags, products, parent_id, sync_hours, created_ms, modified_ms';

export function toCompany(row: CompanyRow): Company {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    tags: row.tags === null ? null : (JSON.parse(row.tags) as Tags),
    products: JSON.parse(row.products) as string[],
    parentId: row.parent_id,
    syncHours: row.sync_hours,
    createdMs: row.created_ms,
    modifiedMs: row.modified_ms,
  };
}

/** The company with this id, or null. */
export function getCompany(world: World, companyId: string): Company | null {
  const row = world.store.get<CompanyRow>(
    `SELECT ${COMPANY_COLUMNS} FROM companies WHERE id = ?`,
    companyId,
  );
  return row ? toCompany(row) : null;
}

/** The company of this id; throws Codat's 404. */
export function requireCompany(world: World, companyId: string): Company {
  const company = getCompany(world, companyId);
  if (!company) throw companyNotFound(companyId);
  return company;
}

export function countCompanies(world: World): number {
  return world.store.get<{ n: number }>('SELECT COUNT(*) AS n FROM companies')?.n ?? 0;
}

/** The companies right below this one, oldest first. */
export function listSubsidiaries(world: World, companyId: string): Company[] {
  return world.store
    .all<CompanyRow>(
      `SELECT ${COMPANY_COLUMNS} FROM companies WHERE parent_id = ? ORDER BY seq`,
      companyId,
    )
    .map(toCompany);
}

const printTags = (tags: Tags | null) => (tags ? JSON.stringify(tags) : null);

/** Writes a new company. */
export function insertCompany(world: World, company: Company): void {
  world.store.run(
    `INSERT INTO companies
       (id, name, description, tags, products, parent_id, sync_hours, created_ms, modified_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    company.id,
    company.name,
    company.description,
    printTags(company.tags),
    JSON.stringify(company.products),
    company.parentId,
    company.syncHours,
    company.createdMs,
    company.modifiedMs,
  );
}

/** Writes what can change in a company, as modified now. */
export function saveCompany(world: World, changed: Company): Company {
  const company = { ...changed, modifiedMs: world.realNow() };
  world.store.run(
    `UPDATE companies SET name = ?, description = ?, tags = ?, products = ?, sync_hours = ?,
       modified_ms = ? WHERE id = ?`,
    company.name,
    company.description,
    printTags(company.tags),
    JSON.stringify(company.products),
    company.syncHours,
    company.modifiedMs,
    company.id,
  );
  return company;
}

/** Notes that something below a company has changed. */
export function touchCompany(world: World, companyId: string): void {
  world.store.run('UPDATE companies SET modified_ms = ? WHERE id = ?', world.realNow(), companyId);
}
