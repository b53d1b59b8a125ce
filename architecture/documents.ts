import { posix } from 'node:path';

export type Document = { path: string; text: string };

const fenced = /^```[\s\S]*?^```/gm;
const codeSpan = /`([^`\n]+)`/g;
const link = /\]\(\s*<?([^)\s>]+)|\b(?:src|srcset|href)="([^"\s]+)/g;
const npmScript = /\bnpm run (?:-s )?([\w:-]+)/g;

/** Folders and files that exist only on a machine where something has run. */
const generated = /^(node_modules|\.(next|build|data|env|git))(\/|$)/;
const fileName = /[\w*\])]\.(tsx?|mjs|js|json|md|css|sql|png|svg|ya?ml)$/;

/**
 * Paths that a document names in backticks or links and that do not exist. A text in backticks is a
 * path when it starts with a folder of ours or ends like a file; `*` stands for anything, and a name
 * without a folder for every file of that name.
 * @param files every file of the repository.
 */
export function checkPaths(document: Document, files: string[]): string[] {
  const folders = new Set(files.flatMap(parents));
  const exists = (path: string) => {
    if (path === '' || folders.has(path)) return true;
    const glob = globOf(path);
    return files.some((file) => glob.test(file));
  };
  const existsSomewhere = (name: string) => {
    const glob = globOf(name);
    return !name.includes('/') && files.some((file) => glob.test(posix.basename(file)));
  };
  const near = (path: string) => clean(posix.join(posix.dirname(document.path), path));
  const missing = (cited: string) => `${document.path}: there is no ${cited}`;

  const spans = [...document.text.replace(fenced, '').matchAll(codeSpan)]
    .map(([, text = '']) => text)
    .filter((text) => looksLikePath(text, folders))
    .filter((text) => !exists(clean(text)) && !exists(near(text)) && !existsSomewhere(text))
    .map(missing);
  const links = [...document.text.matchAll(link)]
    .map(([, inline, attribute]) => (inline ?? attribute ?? '').split('#')[0] ?? '')
    .filter((target) => target !== '' && !/^[a-z]+:/i.test(target))
    .filter((target) => !exists(near(target)))
    .map(missing);
  return [...spans, ...links];
}

function looksLikePath(text: string, folders: Set<string>): boolean {
  if (!/^[\w.@()[\]*-]+(\/[\w.@()[\]*-]+)*\/?$/.test(text) || generated.test(text)) return false;
  const [first = '', ...rest] = text.split('/');
  return fileName.test(text) || (rest.length > 0 && folders.has(first));
}

function parents(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

const clean = (path: string) => path.replace(/^\.\//, '').replace(/\/$/, '').replace(/^\.$/, '');

function globOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.()[\]]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*+/g, (stars) => (stars.length > 1 ? '.*' : '[^/]*'))}$`);
}

/** npm scripts that a document names and package.json does not have. */
export function checkScripts({ path, text }: Document, scripts: string[]): string[] {
  return [...text.matchAll(npmScript)]
    .map(([, name = '']) => name)
    .filter((name) => !scripts.includes(name))
    .map((name) => `${path}: there is no npm run ${name}`);
}

/** Names of the settings in env.ts. */
export function readSettings(source: string): string[] {
  const schema = source.slice(source.indexOf('const schema ='), source.indexOf('export type Env'));
  return [...schema.matchAll(/^ {4}([A-Z][A-Z0-9_]*):/gm)].map(([, name = '']) => name);
}

/** Names in an example of a .env file, commented out or not. */
export function readExampleSettings(text: string): string[] {
  return [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
}

/** Dependencies that no decision names in backticks. */
export function checkDependencies(names: string[], decisions: Document[]): string[] {
  return names
    .filter((name) => !decisions.some(({ text }) => text.includes(`\`${name}\``)))
    .map((name) => `${name}: no decision in docs/decisions says why it is here`);
}

/** A line of the tree that a document draws: a file or folder, with what is in it. */
export type TreeEntry = { path: string; phrase: string };

/** The tree in the first fenced block of a document. Folders end in a slash. */
export function readTree(text: string): TreeEntry[] {
  const [block = ''] = text.match(fenced) ?? [];
  let parent = '';
  return block
    .split('\n')
    .slice(1, -1)
    .map((line) => {
      const [, indent = '', name = '', phrase = ''] = line.match(/^( *)(\S+) *(.*)$/) ?? [];
      if (indent === '') parent = name;
      return { path: indent === '' ? name : parent + name, phrase };
    });
}

/** Folders that the tree leaves out, and what it draws or leaves without a word and should not. */
export function checkTree(tree: TreeEntry[], files: string[]): string[] {
  const folders = new Set(files.flatMap(parents).map((folder) => `${folder}/`));
  const drawn = tree.map(({ path }) => path);
  const wanted = [...folders].filter((path) => /^(\w[\w.-]*|lib\/[\w-]+)\/$/.test(path)).sort();
  return [
    ...wanted.filter((path) => !drawn.includes(path)).map((path) => `${path} is not drawn`),
    ...drawn
      .filter((path) => !folders.has(path) && !files.includes(path))
      .map((path) => `there is no ${path}`),
    ...tree.filter(({ phrase }) => phrase === '').map(({ path }) => `${path}: say what is in it`),
  ];
}

/** The folders in the first column of a document's tables. */
export function readTableFolders(text: string): string[] {
  const cells = [...text.matchAll(/^\| ([^|]*) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([\w-]+\/)`/g)].map(([, name = '']) => name));
}
