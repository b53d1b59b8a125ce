import texts from './en/connect.json';
import { translatorOf } from './translator';

export const t = translatorOf(texts);

const { consent, shares, whyText, howLongText, stopText } = texts;

/** What a person agrees to before they leave for Hosted Link, and what the page says about it. */
export const consentTerms = [consent, shares, whyText, howLongText, stopText];
