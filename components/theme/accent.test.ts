import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accentShades, accentStyle, surfaces } from './accent';
import { contrast, parseHex } from './color';

const brands = [
  '#1f5eff',
  '#3b82f6',
  '#ffdd00',
  '#000000',
  '#ffffff',
  '#0b1f4d',
  '#00a37a',
  '#ff4f9a',
  '#7a5cff',
  '#808080',
  '#e11d48',
  '#f97316',
];

function ratio(a: string, b: string): number {
  const [one, other] = [parseHex(a), parseHex(b)];
  if (!one || !other) throw new Error(`not a colour: ${a} ${b}`);
  return contrast(one, other);
}

describe.each(brands)('accent from %s', (brand) => {
  test.each(['light', 'dark'] as const)('is readable in %s', (scheme) => {
    const shades = accentShades(brand, scheme);
    expect(ratio(shades.on, shades.solid)).toBeGreaterThanOrEqual(4.5);
    expect(ratio(shades.on, shades.hover)).toBeGreaterThanOrEqual(4.5);
    for (const surface of [...surfaces[scheme], shades.soft]) {
      expect(ratio(shades.text, surface)).toBeGreaterThanOrEqual(4.5);
    }
    for (const surface of surfaces[scheme]) {
      expect(ratio(shades.line, surface)).toBeGreaterThanOrEqual(3);
    }
  });
});

test('a brand colour that is readable already is left alone', () => {
  expect(accentShades('#1f4fd8', 'light').solid).toBe('#1f4fd8');
});

test('something that is not a colour falls back to a usable accent', () => {
  expect(accentShades('red; background: url(x)', 'light').solid).toMatch(/^#[\da-f]{6}$/);
  expect(Object.keys(accentStyle('nope'))).toHaveLength(12);
});

test('the surfaces are the ones of globals.css', () => {
  const css = readFileSync('app/globals.css', 'utf8');
  for (const [i, name] of ['surface', 'canvas', 'sunken'].entries()) {
    expect(css).toContain(`--${name}: light-dark(${surfaces.light[i]},`);
  }
  for (const [i, name] of ['canvas', 'surface', 'sunken'].entries()) {
    expect(css).toMatch(new RegExp(`--${name}: light-dark\\([^,]+, ${surfaces.dark[i]}\\)`));
  }
});
