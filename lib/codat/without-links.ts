const linkUrl = /https?:\/\/[^\s"'<>]*\/(?:company|companies|link)\/[^\s"'<>]*/gi;
const password = /((?:link\.|[?&;])otp=)[^&\s"']+/gi;

/**
 * Removes Link URLs and one-time passwords from a text. Anyone who has one can act for the business,
 * so none is stored or shown, not even inside a message.
 */
export function withoutLinks(text: string): string {
  return text.replace(linkUrl, '[link]').replace(password, '$1[cut]');
}

const surelyLink =
  /https?:\/\/\S*(?:\/compan(?:y|ies)\/[0-9a-f]{8}-[0-9a-f-]{27}|\/link\/start\/|\/[0-9a-f]{8}-[0-9a-f-]{27}\/link\b)|[?&;.]otp=/i;

/**
 * Whether a text holds what only a Link URL has. Narrower than what `withoutLinks` cuts: a tag may
 * name a page of the operator's own, and is to be kept as it is.
 */
export function isLinkUrl(text: string): boolean {
  return surelyLink.test(text);
}
