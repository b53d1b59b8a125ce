import { describe, expect, it } from 'vitest';
import { csvLine, streamText } from './csv';

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

/** Counts what is made, and notes when it is told to stop. */
function source(count: number) {
  const state = { made: 0, ended: false };
  async function* make() {
    try {
      for (; state.made < count; ) {
        state.made += 1;
        yield `${state.made};`;
      }
    } finally {
      state.ended = true;
    }
  }
  return { state, parts: make() };
}

const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('streamText', () => {
  it('hands on every part in order, and ends', async () => {
    const { state, parts } = source(3);
    expect(await new Response(streamText(parts, never)).text()).toBe('1;2;3;');
    expect(state.ended).toBe(true);
  });

  it('makes nothing that nobody has asked for', async () => {
    const { state, parts } = source(1000);
    const reader = streamText(parts, never).getReader();
    await settled();
    expect(state.made).toBe(0);
    await reader.read();
    await settled();
    expect(state.made).toBe(1);
  });

  it('stops when the reader leaves, however that is told', async () => {
    const cancelled = source(1000);
    const reader = streamText(cancelled.parts, never).getReader();
    await reader.read();
    await reader.cancel();
    await settled();
    expect(cancelled.state).toEqual({ made: 1, ended: true });

    const aborted = source(1000);
    const abort = new AbortController();
    const other = streamText(aborted.parts, abort.signal).getReader();
    await other.read();
    abort.abort();
    await settled();
    expect(aborted.state).toEqual({ made: 1, ended: true });
  });

  it('breaks off, and does not end, when a part cannot be made', async () => {
    async function* failing() {
      yield 'a';
      throw new Error('the database is away');
    }
    const answer = new Response(streamText(failing(), never));
    await expect(answer.text()).rejects.toThrow('the database is away');
  });
});
