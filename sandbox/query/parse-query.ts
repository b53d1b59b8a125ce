import { ApiError } from '@/sandbox/errors/api-error';

export type Operator = '=' | '!=' | '~' | '>' | '<' | '>=' | '<=';

export interface Comparison {
  kind: 'comparison';
  property: string;
  operator: Operator;
  value: string;
}

export type Query = Comparison | { kind: 'and' | 'or'; parts: Query[] };

const MAX_LENGTH = 2048;

/** Codat's answer to a query it cannot read. */
export function malformedQuery(): ApiError {
  return new ApiError(400, 'Error parsing query - Malformed query.', { service: 'ClientsApi' });
}

type Token = { kind: '{' | '}' | 'and' | 'or' } | Comparison;

const COMPARISON = /^([^=!~<>&|{}]+?)\s*(!=|>=|<=|=|~|>|<)\s*([^&|{}]*)/;
const SYMBOLS = [
  ['&&', 'and'],
  ['||', 'or'],
  ['{', '{'],
  ['}', '}'],
] as const;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const symbol = SYMBOLS.find(([written]) => rest.startsWith(written));
    if (symbol) {
      tokens.push({ kind: symbol[1] });
      rest = rest.slice(symbol[0].length).trimStart();
      continue;
    }
    const [whole, property, operator, value] = COMPARISON.exec(rest) ?? [];
    if (whole === undefined || !property || !operator || !value?.trim()) throw malformedQuery();
    tokens.push({
      kind: 'comparison',
      property: property.trim(),
      operator: operator as Operator,
      value: value.trim(),
    });
    rest = rest.slice(whole.length).trimStart();
  }
  return tokens;
}

/**
 * Parses Codat's query language: comparisons joined by `&&` (binds tighter) and `||`, grouped by
 * `{}`. Throws the documented 400 when the text is empty, too long or malformed.
 */
export function parseQuery(text: string): Query {
  if (text.length >= MAX_LENGTH) throw malformedQuery();
  const tokens = tokenize(text);
  let position = 0;
  const take = (): Token | undefined => tokens[position++];
  const isNext = (kind: Token['kind']): boolean => tokens[position]?.kind === kind;

  function operand(): Query {
    const token = take();
    if (token?.kind === 'comparison') return token;
    if (token?.kind !== '{') throw malformedQuery();
    const inner = joined('or', conjunction);
    if (take()?.kind !== '}') throw malformedQuery();
    return inner;
  }

  function joined(kind: 'and' | 'or', part: () => Query): Query {
    const parts = [part()];
    while (isNext(kind)) {
      take();
      parts.push(part());
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind, parts };
  }

  function conjunction(): Query {
    return joined('and', operand);
  }

  const query = joined('or', conjunction);
  if (position < tokens.length) throw malformedQuery();
  return query;
}

/** Every property that a query names. */
export function propertiesOf(query: Query): string[] {
  return query.kind === 'comparison' ? [query.property] : query.parts.flatMap(propertiesOf);
}
