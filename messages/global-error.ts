import en from './en/global-error.json';
import { type Locale, localeCookie, type ShippedLocale } from './locales';
import { negotiateLocale } from './negotiate';
import { translatorOf } from './translator';

const texts: Record<ShippedLocale, typeof en> = { en };

/** Texts of the page that is shown when nothing else can be: in each language, so few and short. */
export function globalErrorTexts(locale: Locale) {
  const shipped = locale in texts ? (locale as ShippedLocale) : 'en';
  return translatorOf(shipped, texts[shipped]);
}

/** The locale by what the browser knows, as the server would choose it. */
export function browserLocale(): Locale {
  const cookie = document.cookie.split('; ').find((item) => item.startsWith(`${localeCookie}=`));
  const chosen = cookie?.slice(localeCookie.length + 1);
  return negotiateLocale({ chosen, accepted: navigator.languages.join() }, false);
}
