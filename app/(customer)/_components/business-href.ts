import type { Route } from 'next';
import { hrefOf } from '@/components/href';
import { type Actor, businessOf } from '@/lib/actor';

/** The pages that can be about any of a person's businesses, and so name it in their address. */
type BusinessPath = '/connections' | '/connect' | '/account';

/** The address of `path` for this business. Someone with only one needs no name in it. */
export function businessHref(
  actor: Actor,
  companyId: string,
  path: BusinessPath,
  query: Record<string, string | undefined> = {},
): Route {
  const business = actor.companies.length > 1 ? businessOf(actor, companyId) : undefined;
  return hrefOf(path, { ...query, business });
}
