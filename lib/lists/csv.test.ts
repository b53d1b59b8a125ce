import { describe, expect, it } from 'vitest';
import { csvLine } from './csv';

describe('csvLine', () => {
  it('quotes what must be quoted, and nothing else', () => {
    expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\nlines', 'a;b', null, 12, -3, ''])).toBe(
      'plain,"a,b","say ""hi""","two\nlines",a;b,,12,-3,\r\n',
    );
    expect(csvLine(['Marlow & Sons', 'Émile 日本'])).toBe('Marlow & Sons,Émile 日本\r\n');
  });

  it('leaves nothing for a spreadsheet to run', () => {
    for (const text of [
      '=HYPERLINK("https://evil.example";"x")',
      "+cmd|' /C calc'!A0",
      '-2+3',
      '@SUM(A1)',
      ' =1+1',
      '\u00a0=1+1',
      '\t=1+1',
      '\rx',
      '\nx',
      '＝1+1',
      '＋1',
      '＠x',
    ]) {
      const [line] = [csvLine([text])];
      expect(line.replace(/^"/, ''), JSON.stringify(text)).toMatch(/^'/);
    }
    expect(csvLine(['a=b', '1-2', "'=1"])).toBe("a=b,1-2,'=1\r\n");
  });
});
