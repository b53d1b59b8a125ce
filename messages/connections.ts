import texts from './en/connections.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);
