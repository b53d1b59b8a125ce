import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Path from the root of the repository, with forward slashes, to the text of the file. */
export type SourceFiles = Map<string, string>;

const notOurs = /^(node_modules|test-results|playwright-report|next-env\.d\.ts|\..*)$/;
const oursAllTheSame = ['.ci', '.env.example', '.gitignore', '.npmrc'];

/** Every file of the checkout that is neither installed nor generated into a dot folder. */
export function listFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.test(entry.name) && !oursAllTheSame.includes(entry.name)) return [];
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

/** The TypeScript of the checkout. */
export function readSources(): SourceFiles {
  const paths = listFiles().filter((path) => /\.tsx?$/.test(path));
  return new Map(paths.map((path) => [path, readText(path)]));
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
