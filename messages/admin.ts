import texts from './en/admin.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
