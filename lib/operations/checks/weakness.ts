const shortestBytes = 16;
const fewestCharacters = 8;

/** Published by Codat in its documents, or the default of the local Codat. */
const published = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'local-codat-api-key'];
const words =
  /change[-_ ]?me|example|placeholder|passw(or)?d|insecure|default|your[-_ ]|secret|keyboard ?cat|qwerty|letmein|0?123456(789)?|abcdef/gi;

export type Weakness = 'short' | 'repeated' | 'known';

/** Why a secret can be guessed; null when nothing says so. */
export function weaknessOf(secret: string): Weakness | null {
  if (published.includes(secret)) return 'known';
  const own = secret.replace(/^whsec_/, '');
  if (Buffer.byteLength(own) < shortestBytes) return 'short';
  if (isRepeated(own)) return 'repeated';
  const rest = own.replace(words, '');
  const isPlaceholder = rest !== own && (rest.length < shortestBytes || isRepeated(rest));
  return isPlaceholder ? 'known' : null;
}

function isRepeated(text: string): boolean {
  return new Set(text).size < fewestCharacters || /^(.{1,16})\1+.{0,15}$/s.test(text);
}
