const PLACEHOLDER = /\{([^{}]+)\}/g;

/** What the placeholders of a redirect URL stand for; a name that is absent becomes empty. */
export interface RedirectValues {
  reserved: Readonly<Record<string, string>>;
  /** The query of the Link URL; a reserved name wins over one of these. */
  custom: Readonly<Record<string, string>>;
}

/** Splits a template where its host ends, so that `https://{website}/x` is told from `https://a/{x}`. */
function splitAfterHost(template: string): { origin: string; rest: string } {
  const match = /^(https?:\/\/[^/?#]*)(.*)$/is.exec(template);
  return { origin: match?.[1] ?? '', rest: match?.[2] ?? '' };
}

function isAllowed(origin: string, allowedUrls: readonly string[]): boolean {
  return allowedUrls.some((url) => URL.canParse(url) && new URL(url).origin === origin);
}

/**
 * Fills in a redirect URL of the client's settings. Values are percent-encoded, spaces as `%20`.
 * Returns null when a placeholder in the host leads to an origin that is not among `allowedUrls`.
 */
export function fillRedirectUrl(
  template: string,
  { reserved, custom }: RedirectValues,
  allowedUrls: readonly string[],
): string | null {
  const lookUp = (name: string): string => {
    if (Object.hasOwn(reserved, name)) return reserved[name] ?? '';
    return Object.hasOwn(custom, name) ? (custom[name] ?? '') : '';
  };
  const { origin, rest } = splitAfterHost(template);
  const filledOrigin = origin.replace(PLACEHOLDER, (_, name: string) => lookUp(name));
  const filledRest = rest.replace(PLACEHOLDER, (_, name: string) =>
    encodeURIComponent(lookUp(name)),
  );
  if (filledOrigin !== origin) {
    const looksLikeHost = /^https?:\/\/[a-z0-9.-]+(:\d+)?$/i.test(filledOrigin);
    if (!looksLikeHost || !URL.canParse(filledOrigin)) return null;
    if (!isAllowed(new URL(filledOrigin).origin, allowedUrls)) return null;
  }
  return `${filledOrigin}${filledRest}`;
}
