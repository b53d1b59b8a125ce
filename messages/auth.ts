import texts from './en/auth.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
