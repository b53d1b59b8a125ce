import texts from './en/admin-company.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
