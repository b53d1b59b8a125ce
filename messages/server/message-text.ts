import 'server-only';
import { defaultLocale, type Locale } from '@/messages/locales';
import { translatorOf } from '@/messages/translator';
import { textsOf } from './texts';

/** Gives the text of a message key, of any area, that is only known at run time. */
export type MessageText = (
  messageKey: string,
  params?: Record<string, string | number> | undefined,
) => string;

const made = new Map<Locale, MessageText>();

function everyText(locale: Locale) {
  return translatorOf(locale, textsOf(locale));
}

export function messageTextIn(locale: Locale): MessageText {
  const known = made.get(locale);
  if (known) return known;
  const every = everyText(locale);
  const text: MessageText = (key, params) => every(key as never, params as never);
  made.set(locale, text);
  return text;
}

/** Whether there is a text under a message key that is only known at run time. */
export function hasMessage({ messageKey }: { messageKey: string }): boolean {
  return everyText(defaultLocale).has(messageKey as never);
}
