import 'server-only';
import { use } from 'react';
import type { Area } from '@/messages/areas';
import { localeFacts, type ReaderLocale } from '@/messages/locales';
import type { T } from '@/messages/translator';
import { getLocale } from './request-locale';
import { tIn } from './t-in';

/** The texts of an area in the request's locale. Async components use `await getT(area)`. */
export function useT<A extends Area>(area: A): T<A> {
  return tIn(area, use(getLocale()));
}

/** The reader's locale. */
export function useLocale(): ReaderLocale {
  return localeFacts(use(getLocale()));
}
