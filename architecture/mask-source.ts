/** Code with the same length and lines in which comments, and maybe more, are blanked out. */
export type MaskedSource = {
  /** Without comments and regular expressions; strings are kept. */
  withStrings: string;
  /** Without the contents of strings and templates too: what is left is code. */
  codeOnly: string;
};

const blank = (text: string) => text.replace(/[^\n]/g, ' ');
const beforeRegex = /(^|[(,=:[!&|?{};+>]|\b(return|case|typeof|of|in))\s*$/;

/**
 * Takes apart TypeScript as far as needed to tell code from strings and comments. Templates count
 * as strings, what stands in `${…}` as code. An apostrophe in JSX text hides the rest of its line.
 */
export function maskSource(source: string): MaskedSource {
  let withStrings = '';
  let codeOnly = '';
  let at = 0;
  /** Depth of braces at which each open `${` ends. */
  const templates: number[] = [];
  let depth = 0;

  const take = (end: number, kind: 'code' | 'string' | 'nothing') => {
    const text = source.slice(at, end);
    withStrings += kind === 'nothing' ? blank(text) : text;
    codeOnly += kind === 'code' ? text : blank(text);
    at = end;
  };
  const match = (pattern: RegExp): number | null => {
    pattern.lastIndex = at;
    return pattern.test(source) ? pattern.lastIndex : null;
  };
  const takeTemplate = () => {
    take(match(/(?:\\[\s\S]|\$(?!\{)|[^\\`$])*(?:`|\$\{|$)/y) ?? source.length, 'string');
    if (source.slice(at - 2, at) === '${') templates.push(depth);
  };

  while (at < source.length) {
    const comment = match(/\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y);
    const quoted = match(/'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?/y);
    const regex = match(/\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y);
    const symbol = source[at];
    if (comment) take(comment, 'nothing');
    else if (quoted) take(quoted, 'string');
    else if (symbol === '`') {
      take(at + 1, 'string');
      takeTemplate();
    } else if (symbol === '}' && templates.at(-1) === depth) {
      templates.pop();
      take(at + 1, 'string');
      takeTemplate();
    } else if (regex && beforeRegex.test(codeOnly.slice(-40))) take(regex, 'nothing');
    else {
      if (symbol === '{') depth += 1;
      if (symbol === '}') depth -= 1;
      take(at + 1, 'code');
    }
  }
  return { withStrings, codeOnly };
}
