import { expect, it } from 'vitest';
import { signUpSchema } from '@/lib/auth/schemas';
import { createCompanySchema } from '@/lib/companies/schemas';
import { nameText } from './name-text';

it.each([
  ['nothing', ''],
  ['blanks of all kinds', ' \t\u00a0\u3000\u2003'],
  ['zero-width spaces', '\u200b\u200b\u2060\ufeff'],
  ['joiners', '\u200d\u200c'],
  ['direction marks', '\u200e\u200f\u061c'],
  ['overrides', '\u202e\u2066\u2069'],
  ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
  ['a blank of Braille', '\u2800'],
  ['a soft hyphen', '\u00ad'],
  ['marks without a letter', '\u0301\u0308'],
  ['variation selectors and tags', '\ufe0f\u{e0041}\u{e007f}'],
  ['control characters', '\u0007\u0085\u009f'],
])('takes %s for no name', (_what, text) => {
  expect(nameText(text)).toBe('');
});

it.each([
  'Ada Lovelace',
  "O'Brien & Söhne",
  'محل الزهور',
  'פרחי השרון',
  '株式会社山田',
  'Zoë'.normalize('NFD'),
  'नमस्ते', // written with joining marks
  'क्\u200dष', // and with a joiner
  'می\u200cخواهم',
  '👩\u200d🍳 Bakery',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '\u200fמאפייה (1999)\u200f',
  '™',
  '7',
  '!',
])('leaves %j as it is', (text) => {
  expect(nameText(text)).toBe(text);
});

it.each([
  ['Acme\u202etdL', 'AcmetdL'],
  ['\u202aAda\u202c', 'Ada'],
  ['\u2067Acme\u2069 Ltd', 'Acme Ltd'],
  ['Ada\nLovelace\u2028II', 'Ada Lovelace II'],
  ['\u200bA\u200bda\ufeff', 'Ada'],
])('makes of %j the name %j', (text, wanted) => {
  expect(nameText(text)).toBe(wanted);
});

it('is what people, businesses and tags are called by', () => {
  const person = { email: 'a@example.com', password: 'a-long-enough-one' };
  const names = { name: '\u202eAda', businessName: 'Acme\u2066' };
  expect(signUpSchema.parse({ ...person, ...names })).toMatchObject({
    name: 'Ada',
    businessName: 'Acme',
  });
  const invisible = signUpSchema.safeParse({ ...person, name: '\u3164', businessName: '\u200b' });
  expect(invisible.error?.issues.map(({ message }) => message)).toEqual([
    'errors.nameMissing',
    'errors.businessNameMissing',
  ]);
  const companyId = crypto.randomUUID();
  const tags = { key0: 'region\u202e', value0: '\u2067UK\u2069', key1: '\u3164', value1: '\u200b' };
  expect(createCompanySchema.parse({ companyId, name: 'Acme', ...tags }).tags).toEqual({
    region: 'UK',
  });
  const long = signUpSchema.safeParse({ ...person, ...names, businessName: 'a'.repeat(201) });
  expect(long.error?.issues.map(({ message }) => message)).toEqual(['errors.textTooLong']);
});
