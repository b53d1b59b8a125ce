import texts from './en/account.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
