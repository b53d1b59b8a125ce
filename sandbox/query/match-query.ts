import { ApiError } from '@/sandbox/errors/api-error';
import {
  type Comparison,
  malformedQuery,
  parseQuery,
  propertiesOf,
  type Query,
} from './parse-query';

/** A date is given in milliseconds; an array means every value below a list, as in `dataConnections.status`. */
export type Field<Item> =
  | { type: 'string'; read: (item: Item) => string | undefined }
  | { type: 'strings'; read: (item: Item) => string[] }
  | { type: 'boolean'; read: (item: Item) => boolean }
  | { type: 'date'; read: (item: Item) => number | null | undefined };

export type Fields<Item> = Readonly<Record<string, Field<Item>>>;

type Predicate<Item> = (item: Item) => boolean;

function compareText(comparison: Comparison): (actual: string) => boolean {
  const wanted = comparison.value.toLowerCase();
  if (comparison.operator === '~') return (actual) => actual.toLowerCase().includes(wanted);
  if (comparison.operator === '=') return (actual) => actual.toLowerCase() === wanted;
  throw malformedQuery();
}

function compareDate({ operator, value }: Comparison): (actual: number) => boolean {
  const dated = /^\d{4}-\d{2}-\d{2}$/.test(value) || /Z$|[+-]\d\d:\d\d$/.test(value);
  const wanted = Date.parse(dated ? value : `${value}Z`);
  if (Number.isNaN(wanted)) throw malformedQuery();
  switch (operator) {
    case '=':
      return (actual) => actual === wanted;
    case '>':
      return (actual) => actual > wanted;
    case '<':
      return (actual) => actual < wanted;
    case '>=':
      return (actual) => actual >= wanted;
    case '<=':
      return (actual) => actual <= wanted;
    default:
      throw malformedQuery();
  }
}

function positive<Item>(field: Field<Item>, comparison: Comparison): Predicate<Item> {
  if (field.type === 'date') {
    const matches = compareDate(comparison);
    return (item) => {
      const actual = field.read(item);
      return typeof actual === 'number' && matches(actual);
    };
  }
  if (field.type === 'boolean' && comparison.operator !== '=') throw malformedQuery();
  const matches = compareText(comparison);
  if (field.type === 'strings') return (item) => field.read(item).some(matches);
  return (item) => {
    const actual = field.read(item);
    return actual !== undefined && matches(String(actual));
  };
}

/** `!=` is the exact opposite of `=`: it holds for the absent, and for a list none of whose members is equal. */
function comparisonPredicate<Item>(field: Field<Item>, comparison: Comparison): Predicate<Item> {
  if (comparison.operator !== '!=') return positive(field, comparison);
  const equal = positive(field, { ...comparison, operator: '=' });
  return (item) => !equal(item);
}

function predicateOf<Item>(query: Query, fields: Fields<Item>): Predicate<Item> {
  if (query.kind === 'comparison') {
    const field = fields[query.property];
    if (!field) throw malformedQuery();
    return comparisonPredicate(field, query);
  }
  const parts = query.parts.map((part) => predicateOf(part, fields));
  return query.kind === 'and'
    ? (item) => parts.every((part) => part(item))
    : (item) => parts.some((part) => part(item));
}

/** Codat's answer to a property that the resource does not have. */
export function unresolvedProperty(property: string, resource: string): ApiError {
  const error = `Error parsing query - Could not resolve property ${property} on ${resource}`;
  return new ApiError(400, error, { service: 'ClientsApi' });
}

/** Compiles the `query` parameter; throws the documented 400s. Text compares case-insensitively. */
export function compileQuery<Item>(
  text: string,
  fields: Fields<Item>,
  resource: string,
): Predicate<Item> {
  const query = parseQuery(text);
  for (const property of propertiesOf(query)) {
    if (!Object.hasOwn(fields, property)) throw unresolvedProperty(property, resource);
  }
  return predicateOf(query, fields);
}

/** Compiles the `tags` parameter: the same language over tag keys, restricted to `=`, `!=` and `~`. */
export function compileTags(text: string): Predicate<Record<string, string>> {
  const query = parseQuery(text);
  const fields = Object.fromEntries(
    propertiesOf(query).map((key): [string, Field<Record<string, string>>] => [
      key,
      { type: 'string', read: (tags) => (Object.hasOwn(tags, key) ? tags[key] : undefined) },
    ]),
  );
  return predicateOf(query, fields);
}
