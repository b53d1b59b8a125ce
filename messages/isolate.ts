/** Characters that open or close a direction: in a name they could turn the line that it stands in. */
const controls = /[\u202a-\u202e\u2066-\u2069]/g;
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const leftToRight = /\p{L}/u;
/** Words that choose a form of a message, not data. */
const keyword = /^[a-z_]+$/;

/**
 * A name, or any other text that is not ours, as it may stand in a sentence of that direction: its
 * own direction ends with it.
 */
export function isolate(text: string, dir: 'ltr' | 'rtl'): string {
  const plain = text.replaceAll(controls, '');
  const isForeign = dir === 'ltr' ? rightToLeft.test(plain) : leftToRight.test(plain);
  return isForeign && !keyword.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** The values of a message, each text in them isolated. */
export function isolateAll(values: unknown, dir: 'ltr' | 'rtl'): unknown {
  if (typeof values !== 'object' || values === null) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? isolate(value, dir) : value,
    ]),
  );
}
