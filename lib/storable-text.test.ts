import { expect, it } from 'vitest';
import { parseStorableJson, storableText } from './storable-text';

it('takes out what PostgreSQL cannot store, and nothing else', () => {
  expect(storableText('a\u0000b')).toBe('ab');
  expect(storableText('a\ud800b')).toBe('a\ufffdb');
  const fine = 'Zoë 🥐 \u0001 </script> \\u0000';
  expect(storableText(fine)).toBe(fine);
});

it('does so in every text of a JSON answer', () => {
  expect(parseStorableJson('{"a":["x\\u0000",{"b":"\\uD800"}],"c":1}')).toEqual({
    a: ['x', { b: '\ufffd' }],
    c: 1,
  });
  expect(parseStorableJson('{"a":"\\\\u0000 \\ud83e\\udd50"}')).toEqual({ a: '\\u0000 🥐' });
  expect(() => parseStorableJson('{')).toThrow(SyntaxError);
});
