import { createTranslator, type NamespaceKeys, type NestedKeyOf } from 'use-intl/core';
import { messages } from './en/index';

type Messages = typeof messages;

/**
 * Texts of one area, e.g. `translator('connections')('title')`. ICU message syntax. Runs on the
 * server and in the browser alike.
 */
export function translator<Area extends NamespaceKeys<Messages, NestedKeyOf<Messages>>>(
  area: Area,
) {
  return createTranslator<Messages, Area>({
    locale: 'en',
    messages,
    namespace: area,
    timeZone: 'UTC',
  });
}

/** The text of a message key that is only known at run time, e.g. `errors.email`. */
export function messageText(messageKey: string, params?: Record<string, string | number>): string {
  const anyKey = createTranslator({ locale: 'en', messages: messages as Record<string, unknown> });
  return anyKey(messageKey as never, params as never);
}

/** Whether there is a text under a message key that is only known at run time. */
export function hasMessage({ messageKey }: { messageKey: string }): boolean {
  const anyKey = createTranslator({ locale: 'en', messages: messages as Record<string, unknown> });
  return anyKey.has(messageKey as never);
}
