import 'server-only';
import { getDb } from '@/db/client';
import { type Actor, can } from '@/lib/actor';
import { recordAudit } from '@/lib/audit/record-audit';
import { AppError } from '@/lib/errors';
import { csvLine, csvStart } from '@/lib/lists/csv';
import type { RequestContext } from '@/lib/runtime/request-context';
import type { Locale } from '@/messages/locales';
import { type ExportRows, exportRows } from './export-row';
import { countCompanies, type Found, findCompanies } from './find-companies';
import { loadRows } from './load-rows';
import type { Place } from './order';
import { readByIndex } from './read-by-index';
import type { CompanyListInput } from './schemas';

const batchSize = 1000;

/**
 * All companies that match, as a CSV file in parts. The next part is read when it is asked for, by
 * keyset and in a transaction of its own. Audited before the first.
 * @throws AppError `not-found` if the actor may not export lists.
 */
export async function exportCompanies(
  actor: Actor,
  input: CompanyListInput,
  context: RequestContext,
  locale: Locale,
): Promise<AsyncGenerator<string>> {
  if (!can(actor, 'export:read')) throw new AppError('not-found', 'notFound');
  const { after: _after, before: _before, ...asked } = input;
  await recordAudit(
    getDb(),
    { kind: 'person', userId: actor.userId, email: actor.email },
    {
      action: 'export.companies',
      detail: Object.fromEntries(Object.entries(asked).filter(([, value]) => value)),
      context,
    },
  );
  return writeFile(input, exportRows(locale));
}

async function* writeFile(input: CompanyListInput, rows: ExportRows): AsyncGenerator<string> {
  yield csvStart + csvLine(rows.head);
  if (input.sort === 'created' || input.sort === '-created') {
    for await (const { text } of readBatches(input, rows, () => true)) yield text;
    return;
  }
  // A company that moves during the export would appear twice or not at all. So what is written is
  // remembered, and what is missing follows at the end, in an order in which nothing ever moves.
  const written = new Set<string>();
  const isNew = (id: string) => !written.has(id);
  for (const sort of [input.sort, 'created'] as const) {
    for await (const { text, ids } of readBatches({ ...input, sort }, rows, isNew)) {
      for (const id of ids) written.add(id);
      yield text;
    }
  }
}

type Batch = { ids: string[]; text: string };

async function* readBatches(
  input: CompanyListInput,
  { rowOf }: ExportRows,
  isWanted: (id: string) => boolean,
): AsyncGenerator<Batch> {
  let found: Found | undefined;
  let from: Place | null = null;
  do {
    const batch: { places: Place[]; wanted: Batch } = await readByIndex(async (tx) => {
      found ??= await countCompanies(tx, input);
      const search = { input, found, from, backwards: false, limit: batchSize };
      const places = await findCompanies(tx, search);
      const ids = places.map(({ id }) => id).filter(isWanted);
      const rows = (await loadRows(tx, ids)).map(rowOf);
      return { places, wanted: { ids, text: rows.map(csvLine).join('') } };
    });
    if (batch.wanted.ids.length > 0) yield batch.wanted;
    from = batch.places.length === batchSize ? (batch.places.at(-1) ?? null) : null;
  } while (from);
}
