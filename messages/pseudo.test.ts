import { expect, it } from 'vitest';
import { pseudoText } from './pseudo';
import { tIn } from './server/t-in';
import { textsOf } from './server/texts';
import { translatorOf } from './translator';

it('is the message in brackets, and longer', () => {
  expect(pseudoText('Save')).toMatch(/^⟦Save .{3,4}⟧$/);
  expect(pseudoText('x'.repeat(100)).length).toBeGreaterThan(140);
});

it('takes what the message takes', () => {
  const t = translatorOf('fr-x-pseudo', {
    plural: pseudoText('It’s {count, plural, one {# day} other {# days}} for {name}'),
    rich: pseudoText('Read <link>the terms</link>'),
  });
  expect(t('plural', { count: 3, name: 'Ann' })).toMatch(/^⟦It’s 3 days for Ann .*⟧$/);
  expect(t.markup('rich', { link: (text) => `*${text}*` })).toMatch(/^⟦Read \*the terms\* .*⟧$/);
});

it('is made of every message', () => {
  const flat = (tree: unknown): string[] =>
    typeof tree === 'string' ? [tree] : Object.values(tree as object).flatMap(flat);
  const texts = flat(textsOf('ar-x-pseudo'));
  expect(texts.length).toBe(flat(textsOf('en')).length);
  expect(texts.filter((text) => !/^⟦.*⟧$/s.test(text))).toEqual([]);
  expect(tIn('layout', 'ar-x-pseudo')('skip')).toMatch(/^⟦/);
});
