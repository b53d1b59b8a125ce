import 'server-only';
import type { Area } from '@/messages/areas';
import type { Locale } from '@/messages/locales';
import type { T } from '@/messages/translator';
import { type MessageText, messageTextIn } from './message-text';
import { getLocale } from './request-locale';
import { tIn } from './t-in';

/** The texts of an area, e.g. `const t = await getT('connections')`, in the request's locale. */
export async function getT<A extends Area>(area: A, locale?: Locale): Promise<T<A>> {
  return tIn(area, locale ?? (await getLocale()));
}

/** Gives the text of a message key of any area, in the request's locale. */
export async function getMessageText(): Promise<MessageText> {
  return messageTextIn(await getLocale());
}
