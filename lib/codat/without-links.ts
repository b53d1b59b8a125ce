const linkUrl = /https?:\/\/[^\s"'<>]*\/(?:company|companies|link)\/[^\s"'<>]*/gi;
const password = /((?:link\.|[?&;])otp=)[^&\s"']+/gi;

/**
 * A text without Link URLs and one-time passwords in it: whoever has one may act for the business,
 * so that none is stored or shown, not even inside of a message.
 */
export function withoutLinks(text: string): string {
  return text.replace(linkUrl, '[link]').replace(password, '$1[cut]');
}
