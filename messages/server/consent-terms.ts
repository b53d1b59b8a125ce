import 'server-only';
import type { Locale } from '@/messages/locales';
import { textsOf } from './texts';

/** What a person agrees to before they leave for Hosted Link, and what the page says about it. */
export function consentTerms(locale: Locale): unknown[] {
  const { consent, shares, whyText, howLongText, stopText } = textsOf(locale).connect;
  return [consent, shares, whyText, howLongText, stopText];
}
