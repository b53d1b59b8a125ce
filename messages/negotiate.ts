import { defaultLocale, knownLocale, type Locale, shippedLocales } from './locales';

const mostRanges = 20;

/** The languages of an `Accept-Language` header, most wanted first; what it refuses is left out. */
function wantedLanguages(header: string): string[] {
  return header
    .split(',', mostRanges)
    .map((part) => {
      const [range = '', ...params] = part.split(';').map((item) => item.trim().toLowerCase());
      const weight = params.find((param) => param.startsWith('q='));
      const q = weight === undefined ? 1 : Number(weight.slice(2));
      return { range, q: q >= 0 && q <= 1 ? q : 0 };
    })
    .filter(({ range, q }) => range !== '' && q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ range }) => range);
}

/** `pt-BR` is served by `pt-br`, else by `pt`; `pt` by any of its regions. */
function bestOf(range: string, locales: readonly Locale[]): Locale | null {
  for (let wanted = range; wanted !== ''; wanted = wanted.slice(0, wanted.lastIndexOf('-'))) {
    const exact = locales.find((locale) => locale.toLowerCase() === wanted);
    if (exact) return exact;
    if (!wanted.includes('-')) {
      return locales.find((locale) => locale.toLowerCase().startsWith(`${wanted}-`)) ?? null;
    }
  }
  return null;
}

type Asked = {
  /** What the person chose, from their cookie. */
  chosen?: string | null | undefined;
  /** The request's `Accept-Language`. */
  accepted?: string | null | undefined;
};

/** The locale of a request: the person's choice, else what their browser asks for, else English. */
export function negotiateLocale(
  { chosen, accepted }: Asked,
  withPseudo: boolean,
  locales: readonly Locale[] = shippedLocales,
): Locale {
  const choice = knownLocale(chosen, withPseudo);
  if (choice) return choice;
  for (const range of wantedLanguages(accepted ?? '')) {
    if (range === '*') return defaultLocale;
    const best = bestOf(range, locales);
    if (best) return best;
  }
  return defaultLocale;
}
