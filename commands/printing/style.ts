const esc = String.fromCharCode(27);

/** Colours for a terminal, and plain text for everything else. */
export function makeStyle(isPlain: boolean) {
  const paint = (code: number) => (text: string) =>
    isPlain ? text : `${esc}[${code}m${text}${esc}[0m`;
  return { bold: paint(1), dim: paint(2), red: paint(31), green: paint(32), yellow: paint(33) };
}

/** Breaks a text at blanks into lines of at most `width` characters; longer words stay whole. */
export function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** Writes and waits until it is out, also into a pipe. */
export function print(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${text}\n`, () => resolve());
  });
}
