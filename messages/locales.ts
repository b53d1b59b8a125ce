type LocaleFacts = {
  /** For `<html lang>` and `Intl`. */
  tag: string;
  dir: 'ltr' | 'rtl';
  /** The language in its own words. */
  name: string;
};

const shipped = {
  en: { tag: 'en-GB', dir: 'ltr', name: 'English' },
} as const satisfies Record<string, LocaleFacts>;

/** English in brackets and too long, for tests: what is not in brackets cannot be translated. */
const pseudo = {
  'fr-x-pseudo': { tag: 'fr-x-pseudo', dir: 'ltr', name: '⟦Pseudo⟧' },
  'ar-x-pseudo': { tag: 'ar-x-pseudo', dir: 'rtl', name: '⟦Pseudo⟧' },
} as const satisfies Record<string, LocaleFacts>;

export type ShippedLocale = keyof typeof shipped;
export type PseudoLocale = keyof typeof pseudo;
export type Locale = ShippedLocale | PseudoLocale;

export const defaultLocale: ShippedLocale = 'en';

export const localeCookie = 'locale';

export const shippedLocales = Object.keys(shipped) as [ShippedLocale, ...ShippedLocale[]];

const facts: Record<Locale, LocaleFacts> = { ...shipped, ...pseudo };

export type ReaderLocale = LocaleFacts & { id: Locale };

export function localeFacts(locale: Locale): ReaderLocale {
  return { id: locale, ...facts[locale] };
}

/** The languages that a person may choose from; a pseudo-locale only where it is shown already. */
export function localesToChoose(present: Locale): ReaderLocale[] {
  return [...new Set<Locale>([...shippedLocales, present])].map(localeFacts);
}

/** Names one after the other, as the language writes lists. */
export function listText(items: string[], { tag }: ReaderLocale): string {
  return new Intl.ListFormat(tag, { type: 'unit' }).format(items);
}

export function isPseudo(locale: Locale): locale is PseudoLocale {
  return locale in pseudo;
}

/** The locale of that name, if there is one; a pseudo-locale only where those are allowed. */
export function knownLocale(name: string | null | undefined, withPseudo: boolean): Locale | null {
  if (!name || !Object.hasOwn(facts, name)) return null;
  const locale = name as Locale;
  return withPseudo || !isPseudo(locale) ? locale : null;
}
