import texts from './en/webhooks.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
