import { createTranslator } from 'use-intl/core';
import type { Area, Texts } from './areas';
import { type Locale, localeFacts } from './locales';

/** Texts of one area, e.g. `t('title')`. ICU message syntax, keys checked by the compiler. */
export function translatorOf<AreaTexts extends Record<string, unknown>>(
  locale: Locale,
  texts: AreaTexts,
) {
  return createTranslator({ locale: localeFacts(locale).tag, timeZone: 'UTC', messages: texts });
}

/** What gives the texts of an area, for helpers that are handed it: `t: T<'connections'>`. */
export type T<A extends Area> = ReturnType<typeof translatorOf<Texts[A]>>;
