import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { type Locale, localeCookie } from '@/messages/locales';
import { negotiateLocale } from '@/messages/negotiate';
import { mayBePseudo } from './texts';

type Jar = { get: (name: string) => { value: string } | undefined };

/** The locale of a request, by its cookies and headers. */
export function localeOf(jar: Jar, sent: Headers): Locale {
  const asked = { chosen: jar.get(localeCookie)?.value, accepted: sent.get('accept-language') };
  return negotiateLocale(asked, mayBePseudo());
}

/** The locale of the request that is being answered. Jobs have none: they say which they mean. */
export const getLocale = cache(async (): Promise<Locale> => {
  return localeOf(await cookies(), await headers());
});
