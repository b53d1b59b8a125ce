import texts from './en/errors.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);

type KeyOf<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string ? Key : `${Key}.${KeyOf<Texts[Key]>}`;
}[keyof Texts & string];

/** Names one of these texts, e.g. `staff.codatGone`. */
export type ErrorKey = KeyOf<typeof texts>;
