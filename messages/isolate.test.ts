import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { isolate } from './isolate';
import { tIn } from './server/t-in';

const title = (platform: string) => tIn('connect', 'en')('titleFinish', { platform });

describe('isolate', () => {
  it.each([
    ['Marlow & Finch', 'Marlow & Finch'],
    ['Bäckerei Süß', 'Bäckerei Süß'],
    ['מאפייה 12', '\u2068מאפייה 12\u2069'],
    ['مخبز', '\u2068مخبز\u2069'],
    ['\u202edekcah', 'dekcah'],
    // It cannot get out of its isolation either.
    ['מ\u2069\u202e12', '\u2068מ12\u2069'],
  ])('%s in English', (text, shown) => {
    expect(isolate(text, 'ltr')).toBe(shown);
  });

  it('keeps apart what runs the other way, and lets words choose forms of messages', () => {
    expect(isolate('Marlow & Finch', 'rtl')).toBe('\u2068Marlow & Finch\u2069');
    expect(isolate('behind', 'rtl')).toBe('behind');
  });
});

it('every text that is put into a message is isolated', () => {
  expect(title('Xero')).toBe('Finish connecting Xero');
  expect(title('\u202eoreX')).toBe('Finish connecting oreX');
  expect(title('מאפייה')).toBe('Finish connecting \u2068מאפייה\u2069');
  const agreed = tIn('connect', 'en').rich('consentGivenBy', { name: 'מאיה', time: () => 'then' });
  expect(renderToStaticMarkup(agreed)).toContain('\u2068מאיה\u2069');
});
