'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Area, Texts } from './areas';
import { defaultLocale, type Locale, localeFacts, type ReaderLocale } from './locales';
import { type T, translatorOf } from './translator';

type Given = { locale: Locale; texts: Partial<Texts>; made: Map<Area, unknown> };

const Context = createContext<Given>({ locale: defaultLocale, texts: {}, made: new Map() });

type Props = { locale: Locale; texts: Partial<Texts>; children: ReactNode };

/** Adds areas to those that are given further out. Made on the server, by `GiveTexts`. */
export function TextsProvider({ locale, texts, children }: Props) {
  const outer = useContext(Context);
  // A page that is read again brings equal texts: what shows them need not be drawn again.
  const name = [locale, ...Object.keys(texts)].join();
  const [kept, keep] = useState({ name, locale, texts });
  if (kept.name !== name) keep({ name, locale, texts });

  const given = useMemo(
    () => ({
      locale: kept.locale,
      texts: outer.locale === kept.locale ? { ...outer.texts, ...kept.texts } : kept.texts,
      made: new Map(),
    }),
    [outer, kept],
  );
  return <Context value={given}>{children}</Context>;
}

/** The texts of an area that the page or a layout of it has given to the browser. */
export function useT<A extends Area>(area: A): T<A> {
  const { locale, texts, made } = useContext(Context);
  const own = texts[area];
  if (!own) throw new Error(`No texts of "${area}" here: name it in <GiveTexts> of the page`);
  const t = made.get(area) ?? translatorOf(locale, own);
  made.set(area, t);
  return t as T<A>;
}

/** The reader's locale. */
export function useLocale(): ReaderLocale {
  return localeFacts(useContext(Context).locale);
}
