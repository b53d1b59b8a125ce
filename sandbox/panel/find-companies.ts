import {
  COMPANY_COLUMNS,
  type Company,
  type CompanyRow,
  toCompany,
} from '@/sandbox/records/company-record';
import type { World } from '@/sandbox/world';

export const COMPANIES_A_PAGE = 20;

/** Companies whose name, description, id or tags contain a text, newest first; pages count from 1. */
export function findCompanies(
  { store }: World,
  text: string,
  page: number,
): { companies: Company[]; total: number } {
  const pattern = `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const condition = `(name || ' ' || COALESCE(description, '') || ' ' || id || ' ' || COALESCE(tags, '')) LIKE ? ESCAPE '\\'`;
  const total =
    store.get<{ n: number }>(`SELECT COUNT(*) AS n FROM companies WHERE ${condition}`, pattern)
      ?.n ?? 0;
  const rows = store.all<CompanyRow>(
    `SELECT ${COMPANY_COLUMNS} FROM companies WHERE ${condition} ORDER BY seq DESC LIMIT ? OFFSET ?`,
    pattern,
    COMPANIES_A_PAGE,
    (page - 1) * COMPANIES_A_PAGE,
  );
  return { companies: rows.map(toCompany), total };
}
