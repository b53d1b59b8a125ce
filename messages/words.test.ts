import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Texts = { [key: string]: string | Texts };
type Found = { key: string; word: string; text: string };

/** The words in the first column of the table under *English* in CONTRIBUTING.md. */
function readRefusedWords(): string[] {
  const [, chapter = ''] = readFileSync('CONTRIBUTING.md', 'utf8').split('\n## English\n');
  const [section = ''] = chapter.split('\n## ');
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)])
    .map(([, word = '']) => word);
}

function listTexts(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : listTexts(value, `${prefix}${key}.`),
  );
}

/** Whole words, whatever their case; what is part of a hyphenated word, like *stand-in*, passes. */
function findWords(words: string[], texts: Texts): Found[] {
  return listTexts(texts).flatMap(([key, text]) =>
    words
      .filter((word) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'i').test(text))
      .map((word) => ({ key, word, text })),
  );
}

const words = readRefusedWords();

describe('the word list', () => {
  it('is read from CONTRIBUTING.md', () => {
    expect(words.length).toBeGreaterThan(40);
    expect(words).toEqual(expect.arrayContaining(['by itself', 'mend', 'whoever', 'cannot']));
  });

  it('finds each of its words, wherever it is', () => {
    for (const word of words) {
      const texts = { page: { text: `Please ${word.toUpperCase()}, {name}.` } };
      const found = findWords(words, texts).map((one) => [one.key, one.word]);
      expect(found).toContainEqual(['page.text', word]);
    }
  });

  it('leaves other words alone', () => {
    const texts = { text: 'A stand-in on this standalone computer. Amendments are welcome.' };
    expect(findWords(words, texts)).toEqual([]);
  });
});

describe.each(readdirSync('messages/en'))('messages/en/%s', (file) => {
  it('has none of the words', () => {
    const texts = JSON.parse(readFileSync(`messages/en/${file}`, 'utf8')) as Texts;
    expect(findWords(words, texts)).toEqual([]);
  });
});
