import { defaultLocale } from '@/messages/locales';
import { messageTextIn } from '@/messages/server/message-text';

/** A text by its key. Commands speak English, whoever runs them. */
export const messageText = messageTextIn(defaultLocale);
