import 'server-only';
import { z } from '@/lib/zod';
import { callCodat, readCodat } from './client';
import { CodatError } from './errors';
import { type CompanySnapshot, type LinkUrls, toCompanySnapshot } from './transform';
import type { CallPriority } from './transport';

export type CompanyAnswer = { snapshot: CompanySnapshot; links: LinkUrls };

/** Body of `POST /companies`. Stored with its idempotency key: the same key wants the same body. */
export type CompanyBody = { name: string; description: string; tags: Record<string, string> };

function companyOrThrow(json: unknown, what: string): CompanyAnswer {
  const answer = toCompanySnapshot(json);
  if (!answer) throw new CodatError('malformed', `${what}: not a company`);
  return answer;
}

/** One company with its connections and fresh Link URLs. @throws CodatError (404 when deleted) */
export async function getCompany(
  codatCompanyId: string,
  priority: CallPriority = 'read',
): Promise<CompanyAnswer> {
  const path = `/companies/${encodeURIComponent(codatCompanyId)}`;
  const json = await readCodat({ path, priority });
  const answer = companyOrThrow(json, 'get company');
  if (answer.snapshot.codatCompanyId !== codatCompanyId) {
    throw new CodatError('malformed', 'get company: another company was answered');
  }
  return answer;
}

/** Creates a company; Codat answers 200. @throws CodatError */
export async function createCompany(
  body: CompanyBody,
  idempotencyKey: string,
  priority: CallPriority = 'setup',
): Promise<CompanyAnswer> {
  const call = { method: 'POST', path: '/companies', body, idempotencyKey, priority } as const;
  const json = await callCodat(call);
  return companyOrThrow(json, 'create company');
}

/**
 * Changes what is named and leaves the rest. `tags` replaces the whole map, so it is always sent in
 * full (Codat's guide on managing companies warns of less). @throws CodatError
 */
export async function updateCompany(
  codatCompanyId: string,
  change: { description?: string; tags?: Record<string, string> },
): Promise<CompanyAnswer> {
  const path = `/companies/${encodeURIComponent(codatCompanyId)}`;
  const json = await callCodat({ method: 'PATCH', path, body: change, priority: 'person' });
  return companyOrThrow(json, 'update company');
}

/** Deletes a company and everything below it, for good; Codat answers 204. @throws CodatError */
export async function deleteCompany(codatCompanyId: string): Promise<void> {
  const path = `/companies/${encodeURIComponent(codatCompanyId)}`;
  await callCodat({ method: 'DELETE', path, priority: 'person' });
}

const page = z.object({
  results: z.array(z.unknown()),
  totalResults: z.number().nullish().catch(null),
});

/**
 * The oldest company that carries our id as its `uid` tag; null when there is none.
 * @throws CodatError
 */
export async function findCompanyByUid(
  uid: string,
  priority: CallPriority = 'setup',
): Promise<CompanyAnswer | null> {
  const json = await readCodat({
    priority,
    path: '/companies',
    query: { page: 1, pageSize: 100, tags: `uid=${uid}` },
  });
  const parsed = page.safeParse(json);
  if (!parsed.success) throw new CodatError('malformed', 'list companies: not a page');
  const matches = parsed.data.results
    .map(toCompanySnapshot)
    .filter((answer) => answer !== null)
    .filter(({ snapshot }) => snapshot.uid === uid || snapshot.name === uid);
  matches.sort(
    (a, b) => (a.snapshot.createdAt?.getTime() ?? 0) - (b.snapshot.createdAt?.getTime() ?? 0),
  );
  return matches[0] ?? null;
}

export type CompanyPage = {
  companies: CompanySnapshot[];
  /** How many items the page had, odd ones included. */
  itemCount: number;
  totalResults: number | null;
};

/**
 * One page of all companies with their connections, oldest first if `ordered`. @throws CodatError 400
 * where Codat refuses to order them
 */
export async function listCompanyPage(
  pageNumber: number,
  pageSize: number,
  { ordered }: { ordered: boolean },
): Promise<CompanyPage> {
  const query = { page: pageNumber, pageSize };
  const json = await readCodat({
    priority: 'sweep',
    path: '/companies',
    query: ordered ? { ...query, orderBy: 'created' } : query,
  });
  const parsed = page.safeParse(json);
  if (!parsed.success) throw new CodatError('malformed', 'list companies: not a page');
  const answers = parsed.data.results.map(toCompanySnapshot).filter((answer) => answer !== null);
  return {
    companies: answers.map(({ snapshot }) => snapshot),
    itemCount: parsed.data.results.length,
    totalResults: parsed.data.totalResults ?? null,
  };
}
