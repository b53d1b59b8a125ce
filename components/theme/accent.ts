import type { CSSProperties } from 'react';
import { contrast, mix, parseHex, type Rgb, shiftLightness, toHex } from './color';

type Scheme = 'light' | 'dark';

export type AccentShades = {
  solid: string;
  hover: string;
  on: string;
  text: string;
  soft: string;
  line: string;
};

const white: Rgb = [1, 1, 1];
const black: Rgb = [0, 0, 0];
const fallback: Rgb = [0.122, 0.369, 1];

/** The surfaces of globals.css, lightest contrast last; kept in step with it by the test. */
export const surfaces: Record<Scheme, string[]> = {
  light: ['#ffffff', '#f8f9fb', '#f1f3f6'],
  dark: ['#0b0d11', '#14171c', '#1c2027'],
};

/** Moves lightness by small steps until the colour reaches `ratio` on every background. */
function readable(color: Rgb, backgrounds: Rgb[], ratio: number, step: number): Rgb {
  let shade = color;
  for (let i = 0; i < 100; i += 1) {
    if (backgrounds.every((background) => contrast(shade, background) >= ratio)) return shade;
    shade = shiftLightness(shade, step);
  }
  return shade;
}

/** Shades of one brand colour that hold WCAG AA: text 4.5:1, lines and solids as noted. */
export function accentShades(hex: string, scheme: Scheme): AccentShades {
  const brand = parseHex(hex) ?? fallback;
  const backgrounds = surfaces[scheme].map((surface) => parseHex(surface) ?? black);
  const away = scheme === 'light' ? -0.01 : 0.01;

  const visible = scheme === 'light' ? brand : readable(brand, backgrounds, 3, away);
  // A mid-tone takes white text after a slight darkening; a pale one takes black as it is.
  const whiteFits = contrast(visible, white) >= 3;
  const solid = whiteFits ? readable(visible, [white], 4.55, -0.01) : visible;
  const soft = mix(brand, scheme === 'light' ? white : (backgrounds[1] ?? black), 0.1);

  return {
    solid: toHex(solid),
    hover: toHex(shiftLightness(solid, whiteFits ? -0.05 : 0.04)),
    on: whiteFits ? '#ffffff' : '#000000',
    text: toHex(readable(brand, [...backgrounds, soft], 4.6, away)),
    soft: toHex(soft),
    line: toHex(readable(brand, backgrounds, 3.1, away)),
  };
}

/** Custom properties for `<html style>`; globals.css picks the scheme. */
export function accentStyle(hex: string): CSSProperties {
  const variables = (['light', 'dark'] as const).flatMap((scheme) =>
    Object.entries(accentShades(hex, scheme)).map(([name, value]) => [
      `--accent-${name}-${scheme}`,
      value,
    ]),
  );
  return Object.fromEntries(variables) as CSSProperties;
}
