import { eq, getTableColumns, type Table } from 'drizzle-orm';
import { getDb } from '@/db/client';
import { companies, memberships } from '@/db/schema/companies';
import { companyList, companySearch } from '@/db/schema/company-list';
import { companyReads } from '@/db/schema/sync';
import { rollUpCompanies } from '@/lib/sync/roll-up';

type Reads = Omit<typeof companyReads.$inferSelect, 'companyId'>;
type Listed = Omit<typeof companyList.$inferSelect, 'companyId'>;

/** A company of all its tables, as one. */
export type StoredCompany = typeof companies.$inferSelect & Reads & Listed & { searchText: string };

/** Columns of any of its tables; what is rolled up otherwise may be said outright. */
export type CompanyValues = Partial<typeof companies.$inferInsert> &
  Partial<Reads> &
  Partial<Pick<Listed, 'attention' | 'attentionSince' | 'ownerEmail'>>;

/** A company as the database has it. */
export async function storedCompany(companyId: string): Promise<StoredCompany> {
  const [row] = await getDb()
    .select()
    .from(companies)
    .innerJoin(companyReads, eq(companyReads.companyId, companies.id))
    .innerJoin(companyList, eq(companyList.companyId, companies.id))
    .innerJoin(companySearch, eq(companySearch.companyId, companies.id))
    .where(eq(companies.id, companyId));
  if (!row) throw new Error('no company');
  const { searchText } = row.company_search;
  return { ...row.company_list, ...row.company_reads, ...row.companies, searchText };
}

/**
 * A company in all its tables, called `Test Company` unless told otherwise, and its owner if one is
 * named. @returns its id.
 */
export async function insertCompany(values: CompanyValues = {}, ownerId?: string): Promise<string> {
  const { own } = sort(values);
  const [made] = await getDb()
    .insert(companies)
    .values({ name: 'Test Company', ...own })
    .returning({ id: companies.id });
  const id = made?.id ?? '';
  if (ownerId) await getDb().insert(memberships).values({ companyId: id, userId: ownerId });
  await rollUpCompanies(getDb(), [id]);
  await setBeside(id, values);
  return id;
}

/** Changes a company, in whichever of its tables. */
export async function setCompany(companyId: string, values: CompanyValues): Promise<void> {
  const { own } = sort(values);
  if (Object.keys(own).length > 0) {
    await getDb().update(companies).set(own).where(eq(companies.id, companyId));
    await rollUpCompanies(getDb(), [companyId]);
  }
  await setBeside(companyId, values);
}

async function setBeside(companyId: string, values: CompanyValues): Promise<void> {
  const { reads, listed } = sort(values);
  if (Object.keys(reads).length > 0) {
    await getDb().update(companyReads).set(reads).where(eq(companyReads.companyId, companyId));
  }
  if (Object.keys(listed).length > 0) {
    await getDb().update(companyList).set(listed).where(eq(companyList.companyId, companyId));
  }
}

function sort(values: CompanyValues) {
  const of = (table: Table) => {
    const columns = Object.keys(getTableColumns(table));
    return Object.entries(values).filter(([name]) => columns.includes(name));
  };
  const own = Object.fromEntries(of(companies));
  const reads = Object.fromEntries(of(companyReads));
  const listed = Object.fromEntries(of(companyList).filter(([name]) => !(name in own)));
  return { own, reads, listed };
}
