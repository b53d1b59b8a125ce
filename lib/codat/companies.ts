import 'server-only';
import { z } from '@/lib/zod';
import { callCodat, readCodat } from './client';
import { nameAtCodat } from './company-name';
import { CodatError } from './errors';
import { reservedTag } from './tags';
import { type CompanySnapshot, type LinkUrls, toCompanySnapshot } from './transform';
import type { CallPriority } from './transport';

export type CompanyAnswer = { snapshot: CompanySnapshot; links: LinkUrls };

/** Body of `POST /companies`. Stored with its idempotency key: the same key wants the same body. */
export type CompanyBody = {
  name: string;
  description: string;
  tags: Record<string, string>;
  /** Identifiers of Codat's products. Codat refuses a company without any, unless some are default. */
  products?: string[];
};

/** What `PATCH` takes of a company. */
export type CompanyChange = {
  name?: string;
  description?: string;
  tags?: Record<string, string>;
};

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
  return requireSame(companyOrThrow(json, 'get company'), codatCompanyId);
}

function requireSame(answer: CompanyAnswer, codatCompanyId: string): CompanyAnswer {
  if (answer.snapshot.codatCompanyId === codatCompanyId) return answer;
  throw new CodatError('malformed', 'another company was answered than the one asked for');
}

/**
 * Creates a company; Codat answers 200. An answer about another company than the one sent is none: by
 * its name, from which Codat may have removed characters, or our tag.
 * @throws CodatError
 */
export async function createCompany(
  body: CompanyBody,
  idempotencyKey: string,
  priority: CallPriority = 'setup',
): Promise<CompanyAnswer> {
  const call = { method: 'POST', path: '/companies', body, idempotencyKey, priority } as const;
  const json = await callCodat(call);
  const answer = companyOrThrow(json, 'create company');
  const { name, uid } = answer.snapshot;
  const isOurs = uid === null ? name === nameAtCodat(body.name) : uid === body.tags[reservedTag];
  if (isOurs) return answer;
  throw new CodatError('malformed', 'create company: another company was answered');
}

/**
 * Changes what is named and leaves the rest. `tags` replaces the whole map, so it is always sent in
 * full (Codat's guide on managing companies warns of less). @throws CodatError
 */
export async function updateCompany(
  codatCompanyId: string,
  change: CompanyChange,
): Promise<CompanyAnswer> {
  const path = `/companies/${encodeURIComponent(codatCompanyId)}`;
  const json = await callCodat({ method: 'PATCH', path, body: change, priority: 'person' });
  return requireSame(companyOrThrow(json, 'update company'), codatCompanyId);
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
    // One below another may carry the tags of that.
    .filter(({ snapshot }) => snapshot.parentId === null)
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
