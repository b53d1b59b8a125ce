import { createTranslator } from 'use-intl/core';

const locale = 'en';
const timeZone = 'UTC';

/** Texts of one area, e.g. `t('title')`. ICU message syntax, keys checked by the compiler. */
export function translatorOf<Texts extends Record<string, unknown>>(texts: Texts) {
  return createTranslator({ locale, timeZone, messages: texts });
}

/** What is under keys that are only known at run time, e.g. `errors.email`. */
export function textsByKey(areas: Record<string, unknown>) {
  const any = createTranslator({ locale, timeZone, messages: areas });
  return {
    has: (messageKey: string): boolean => any.has(messageKey as never),
    text: (messageKey: string, params?: Record<string, string | number>): string =>
      any(messageKey as never, params as never),
  };
}
