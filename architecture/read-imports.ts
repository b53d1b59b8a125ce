import { maskSource } from './mask-source';

export type Import = {
  /** As written; null when it is not a plain string. */
  specifier: string | null;
  /** `import type` and `export type`: gone when the program runs. */
  typeOnly: boolean;
};

const statement =
  /(?<=(?:^|[;}\n])\s*)(?:import|export)\s+(type\s+(?!from\b|,))?(?:[\w$*{][^'"();=]*?\bfrom\s*)?(['"])([^'"\n]+)\2/g;
const dynamic = /\bimport\s*\(\s*(?:(['"])([^'"\n]+)\1\s*[,)])?/g;

/** Every module that a TypeScript source imports or re-exports, statically or not. */
export function readImports(source: string): Import[] {
  const { withStrings, codeOnly } = maskSource(source);
  const found: Import[] = [];
  // The word inside a string is no import.
  const isCode = (index: number) => /^(import|export)/.test(codeOnly.slice(index, index + 6));
  for (const { index, 1: type, 3: specifier = null } of withStrings.matchAll(statement)) {
    if (isCode(index)) found.push({ specifier, typeOnly: type !== undefined });
  }
  for (const { index, 2: specifier = null } of withStrings.matchAll(dynamic)) {
    if (isCode(index)) found.push({ specifier, typeOnly: false });
  }
  return found;
}
