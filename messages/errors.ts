import texts from './en/errors.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
