/** @jsxImportSource hono/jsx */
import type { Company } from '@/sandbox/records/company-record';
import type { Connection } from '@/sandbox/records/connection-record';
import { CompanyCard } from './company-card';
import { COMPANIES_A_PAGE } from './find-companies';
import { PanelPage } from './panel-page';

interface CompaniesPageProps {
  companies: readonly Company[];
  connections: ReadonlyMap<string, Connection[]>;
  total: number;
  page: number;
  search: string;
  note: string | undefined;
}

function pagePath(search: string, page: number): string {
  const query = new URLSearchParams({
    ...(search && { q: search }),
    ...(page > 1 && { page: String(page) }),
  });
  return query.size > 0 ? `/_sandbox?${query}` : '/_sandbox';
}

function SearchAndCreate({ search }: { search: string }) {
  return (
    <div class="card">
      <form method="get" action="/_sandbox" class="line">
        <div>
          <label for="q">Search companies</label>
          <input id="q" name="q" type="search" value={search} />
        </div>
        <button type="submit">Search</button>
      </form>
      <h2>Create a company</h2>
      <form method="post" action="/_sandbox/companies" class="line">
        <div>
          <label for="name">Name</label>
          <input id="name" name="name" required />
        </div>
        <div>
          <label for="description">Description</label>
          <input id="description" name="description" />
        </div>
        <button type="submit">Create company</button>
      </form>
    </div>
  );
}

/** Every company, newest first. */
export function CompaniesPage({
  companies,
  connections,
  total,
  page,
  search,
  note,
}: CompaniesPageProps) {
  const here = pagePath(search, page);
  return (
    <PanelPage title="Companies" section="/_sandbox" note={note}>
      <SearchAndCreate search={search} />
      <p class="soft">{total === 1 ? '1 company' : `${total} companies`}</p>
      {companies.map((company) => (
        <CompanyCard
          key={company.id}
          company={company}
          connections={connections.get(company.id) ?? []}
          back={here}
        />
      ))}
      <nav class="pages" aria-label="Pages">
        {page > 1 && <a href={pagePath(search, page - 1)}>Newer</a>}
        {page * COMPANIES_A_PAGE < total && <a href={pagePath(search, page + 1)}>Older</a>}
      </nav>
    </PanelPage>
  );
}
