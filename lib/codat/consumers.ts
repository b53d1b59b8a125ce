import 'server-only';
import { z } from '@/lib/zod';
import { askCodat } from './client';
import { CodatError, isNotFound } from './errors';
import type { CodatAccess } from './transport';

/** A webhook consumer at Codat. Its signing secret is in no answer of the API. */
export type WebhookConsumer = {
  id: string;
  url: string;
  eventTypes: string[];
  companyTags: string[];
  disabled: boolean;
};

const texts = z
  .array(z.string())
  .nullish()
  .catch(null)
  .transform((items) => items ?? []);

const consumer = z.object({
  id: z.string().min(1),
  url: z.string(),
  eventTypes: texts,
  companyTags: texts,
  disabled: z
    .boolean()
    .nullish()
    .catch(null)
    .transform((value) => value ?? false),
});

const list = z.object({ results: z.array(z.unknown()) });

/** All consumers of the Codat client; there is no paging. @throws CodatError */
export async function listConsumers(access: CodatAccess): Promise<WebhookConsumer[]> {
  const json = await askCodat(access, { method: 'GET', path: '/webhooks' });
  const parsed = list.safeParse(json);
  if (!parsed.success) throw new CodatError('malformed', 'webhooks: not a list');
  return parsed.data.results
    .map((item) => consumer.safeParse(item).data)
    .filter((item) => item !== undefined);
}

/** @throws CodatError; after `unreachable` the consumer may exist all the same. */
export async function createConsumer(
  access: CodatAccess,
  body: { url: string; eventTypes: string[] },
): Promise<void> {
  await askCodat(access, { method: 'POST', path: '/webhooks', body: { ...body, disabled: false } });
}

/** One that is gone already counts as deleted. @throws CodatError */
export async function deleteConsumer(access: CodatAccess, id: string): Promise<void> {
  const path = `/webhooks/${encodeURIComponent(id)}`;
  await askCodat(access, { method: 'DELETE', path }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}
