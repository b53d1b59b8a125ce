import texts from './en/webhooks.json';
import { textsByKey, translatorOf } from './translator';

export const t = translatorOf(texts);

/** What an action of the webhook room answered with, by its key, e.g. `webhooks.again.done`. */
export const { text: webhooksText } = textsByKey({ webhooks: texts });
