import type { World } from '@/sandbox/world';

const NULLABLE_OF_COMPANY = [
  'lastSync',
  'description',
  'tags',
  'products',
  'referenceParentCompany',
];
const NULLABLE_OF_CONNECTION = ['lastSync', 'dataConnectionErrors', 'connectionInfo'];
const UNKNOWN_FIELD = { addedIn: '2031-01-01', values: [1, null] };

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withNulls(source: Json, fields: readonly string[]): Json {
  const nulls = Object.fromEntries(fields.map((field) => [field, source[field] ?? null]));
  return { ...source, ...nulls, futureField: UNKNOWN_FIELD };
}

/** A company's oldest connection keeps its status, so that a test can still follow it. */
function keepsStatus({ store }: World, connectionId: unknown): boolean {
  const younger = store.get(
    `SELECT 1 FROM connections c WHERE c.id = ? AND EXISTS (
       SELECT 1 FROM connections o WHERE o.company_id = c.company_id AND o.seq < c.seq)`,
    String(connectionId),
  );
  return younger === undefined;
}

function hostileConnection(world: World, connection: Json): Json {
  const errors = connection.dataConnectionErrors;
  return {
    ...withNulls(connection, NULLABLE_OF_CONNECTION),
    ...(Array.isArray(errors) && {
      dataConnectionErrors: errors.map((error) => ({ ...error, status: 'Muted', severity: null })),
    }),
    ...(!keepsStatus(world, connection.id) && { status: 'Suspended', sourceType: 'Payroll' }),
  };
}

/** Adds nulls, unknown fields and unknown enum values to what goes out: answers and webhook payloads. */
export function makeHostile(world: World, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => makeHostile(world, item));
  if (!isObject(value)) return value;
  if ('linkUrl' in value) return hostileConnection(world, value);
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, makeHostile(world, item)]),
  );
  if ('redirect' in inner) return withNulls(inner, NULLABLE_OF_COMPANY);
  if ('recordsModified' in inner)
    return { ...inner, status: 'Postponed', futureField: UNKNOWN_FIELD };
  return 'logoUrl' in inner || 'links' in inner ? { ...inner, futureField: UNKNOWN_FIELD } : inner;
}
