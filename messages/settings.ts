import texts from './en/settings.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);

export type SettingsTexts = typeof texts;
