import { createElement, type ReactNode } from 'react';
import { createTranslator } from 'use-intl/core';
import type { Area, Texts } from './areas';
import { isolateAll } from './isolate';
import { type Locale, localeFacts } from './locales';

// The types of use-intl follow the key that is given; these pass it on.
type Loose<Given> = (key: never, values: never, formats: never) => Given;

/**
 * Texts of one area, e.g. `t('title')`. ICU message syntax, keys checked by the compiler. Texts that
 * are put into one are isolated: a name cannot turn the line that it stands in.
 */
export function translatorOf<AreaTexts extends Record<string, unknown>>(
  locale: Locale,
  texts: AreaTexts,
) {
  const { tag, dir } = localeFacts(locale);
  const t = createTranslator({ locale: tag, timeZone: 'UTC', messages: texts });
  const [plain, rich] = [t as unknown as Loose<string>, t.rich as unknown as Loose<ReactNode>];
  const isolated: Loose<string> = (key, values, formats) =>
    plain(key, isolateAll(values, dir) as never, formats);
  const whole: Loose<ReactNode> = (key, values, formats) =>
    sentence(rich(key, isolateAll(values, dir) as never, formats));
  return Object.assign(isolated, t, { rich: whole }) as unknown as typeof t;
}

/**
 * A text with elements in it, as one element that is made again when the words change: once a browser
 * has translated them, React could not change them any more.
 */
function sentence(given: ReactNode): ReactNode {
  if (!Array.isArray(given)) return given;
  const words = given.filter((part) => typeof part === 'string').join('…');
  return createElement('span', { key: `${sentenceKey}${words}` }, ...given);
}

/** How the keys of such elements begin. */
export const sentenceKey = 'sentence:';

/** What gives the texts of an area, for helpers that are handed it: `t: T<'connections'>`. */
export type T<A extends Area> = ReturnType<typeof translatorOf<Texts[A]>>;
