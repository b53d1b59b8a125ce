import texts from './en/layout.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
