import texts from './en/audit.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
