import 'server-only';
import type { Area } from '@/messages/areas';
import type { Locale } from '@/messages/locales';
import { type T, translatorOf } from '@/messages/translator';
import { textsOf } from './texts';

const made = new Map<string, unknown>();

/** The texts of an area in a locale that is given outright: in jobs, commands and exports. */
export function tIn<A extends Area>(area: A, locale: Locale): T<A> {
  const name = `${locale} ${area}`;
  const t = made.get(name) ?? translatorOf(locale, textsOf(locale)[area]);
  made.set(name, t);
  return t as T<A>;
}
