import { createTranslator } from 'use-intl/core';

/** Texts of one area, e.g. `t('title')`. ICU message syntax, keys checked by the compiler. */
export function translatorOf<Texts extends Record<string, unknown>>(texts: Texts) {
  return createTranslator({ locale: 'en', timeZone: 'UTC', messages: texts });
}
