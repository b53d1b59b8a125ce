import { companyNotFound } from '@/sandbox/errors/api-error';
import type { World } from '@/sandbox/world';

export type Tags = Record<string, string>;

export interface Company {
  id: string;
  name: string;
  description: string | null;
  tags: Tags | null;
  createdMs: number;
}

export interface CompanyRow {
  id: string;
  name: string;
  description: string | null;
  tags: string | null;
  created_ms: number;
}

export const COMPANY_COLUMNS = 'id, name, description, tags, created_ms';

export function toCompany(row: CompanyRow): Company {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    tags: row.tags === null ? null : (JSON.parse(row.tags) as Tags),
    createdMs: row.created_ms,
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
