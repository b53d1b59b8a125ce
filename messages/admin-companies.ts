import texts from './en/admin-companies.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
