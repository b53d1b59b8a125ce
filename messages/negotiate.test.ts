import { describe, expect, it } from 'vitest';
import type { Locale } from './locales';
import { negotiateLocale } from './negotiate';

const locales = ['en', 'fr', 'pt-BR'] as unknown as Locale[];
const asked = (accepted: string | null) => negotiateLocale({ accepted }, false, locales);

describe('what a browser asks for', () => {
  it.each([
    [null, 'en'],
    ['', 'en'],
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['FR-ca', 'fr'],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['de-DE, de;q=0.9, fr;q=0.5', 'fr'],
    ['en;q=0.5, fr;q=0.8', 'fr'],
    ['fr;q=0, en', 'en'],
    ['de, *;q=0.1', 'en'],
    ['fr;q=nonsense', 'en'],
    ['fr;q=7', 'en'],
    ['zh-Hant-TW', 'en'],
    [',;q=,;;', 'en'],
    [`${'de,'.repeat(5000)}fr`, 'en'],
  ])('%s: %s', (accepted, locale) => expect(asked(accepted?.slice(0, 9000) ?? null)).toBe(locale));

  it('is overruled by what the person chose', () => {
    expect(negotiateLocale({ chosen: 'en', accepted: 'fr' }, false, locales)).toBe('en');
    expect(negotiateLocale({ chosen: 'xx', accepted: 'fr' }, false, locales)).toBe('fr');
    expect(negotiateLocale({ chosen: 'toString' }, true, locales)).toBe('en');
  });
});

it('gives a pseudo-locale only where it is allowed, and only to those who choose it', () => {
  const chosen = 'ar-x-pseudo';
  expect(negotiateLocale({ chosen }, true)).toBe(chosen);
  expect(negotiateLocale({ chosen }, false)).toBe('en');
  expect(negotiateLocale({ accepted: chosen }, true)).toBe('en');
});
