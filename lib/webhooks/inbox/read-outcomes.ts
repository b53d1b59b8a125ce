import { storableText } from '@/lib/storable-text';
import type { ReadOutcome } from '@/lib/sync/apply-read-outcomes';
import { z } from '@/lib/zod';

/** Worst first. Statuses that are none of these say nothing of whether data comes. */
const failures = [
  'AuthError',
  'PermissionsError',
  'FetchError',
  'RateLimitError',
  'InternalError',
  'MapError',
  'ProcessingError',
  'ValidationError',
];

const event = z.object({ payload: z.object({ dataTypes: z.array(z.unknown()) }) });
const dataType = z.object({
  connectionId: z.string(),
  dataType: z.string().catch('unknown'),
  status: z.string(),
});

const keptTypes = 20;

/** Reads the `dataTypes` of a `read.completed`, by connection. Odd items are left out. */
export function readOutcomes(body: Record<string, unknown>): ReadOutcome[] {
  const items = event.safeParse(body).data?.payload.dataTypes ?? [];
  const read = items.flatMap((item) => dataType.safeParse(item).data ?? []);
  return [...Map.groupBy(read, ({ connectionId }) => connectionId)].map(([connectionId, types]) => {
    const failed = types.filter(({ status }) => failures.includes(status));
    const status = failures.find((word) => failed.some((type) => type.status === word));
    const names = [...new Set(failed.map((type) => storableText(type.dataType).slice(0, 60)))];
    return {
      connectionId,
      completed: types.some((type) => type.status === 'Complete'),
      failure: status ? { status, dataTypes: names.slice(0, keptTypes) } : null,
    };
  });
}
