import { readFileSync } from 'node:fs';

/** A file with a JSON value a line, as a run writes its results; none where it wrote no file. */
export function readLines(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
