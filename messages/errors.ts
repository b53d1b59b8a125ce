import texts from './en/errors.json';
import { textsByKey, translatorOf } from './translator';

export const t = translatorOf(texts);

/** What an action answered a form with when it failed, by its key, e.g. `errors.email`. */
export const { text: errorText } = textsByKey({ errors: texts });
