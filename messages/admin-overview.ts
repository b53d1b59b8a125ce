import texts from './en/admin-overview.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
