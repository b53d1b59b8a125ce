import { parseSync } from '@swc/core';

/** A piece of code as swc names it; comments are not among them. */
export type Syntax = { type: string } & Record<string, unknown>;

const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The statements at the top of a TypeScript file. */
export function parse(path: string, source: string): Syntax[] {
  const { body } = parseSync(source, {
    syntax: 'typescript',
    tsx: path.endsWith('.tsx'),
    target: 'es2022',
  });
  return body as unknown as Syntax[];
}

/** Every piece of code in a value, the outer ones first. */
export function piecesOf(value: unknown, found: Syntax[] = []): Syntax[] {
  if (typeof value !== 'object' || value === null) return found;
  if (isSyntax(value)) found.push(value);
  for (const inner of Object.values(value)) piecesOf(inner, found);
  return found;
}

/** A directive such as `'use server'` as a statement. */
export function isDirective(piece: Syntax, text: string): boolean {
  const { expression } = piece;
  return piece.type === 'ExpressionStatement' && isSyntax(expression) && expression.value === text;
}

/** Whether a file starts with a directive. */
export function startsWith(body: Syntax[], directive: string): boolean {
  const end = body.findIndex(
    ({ type, expression }) =>
      type !== 'ExpressionStatement' ||
      !isSyntax(expression) ||
      expression.type !== 'StringLiteral',
  );
  return body.slice(0, end === -1 ? undefined : end).some((piece) => isDirective(piece, directive));
}

/** What a piece is called, for identifiers and strings. */
export function nameOf(value: unknown): string | undefined {
  return isSyntax(value) && typeof value.value === 'string' ? value.value : undefined;
}

/** Names that a file exports at run time; `*` when it passes on another file's. */
export function exportedNames(body: Syntax[]): string[] {
  return body.flatMap((statement) => {
    switch (statement.type) {
      case 'ExportDeclaration':
        return declaredNames(statement.declaration as Syntax);
      case 'ExportNamedDeclaration':
        return statement.typeOnly ? [] : listedNames(statement.specifiers as Syntax[]);
      case 'ExportDefaultDeclaration':
      case 'ExportDefaultExpression':
        return ['default'];
      case 'ExportAllDeclaration':
        return ['*'];
      default:
        return [];
    }
  });
}

function declaredNames(declaration: Syntax): string[] {
  if (declaration.type === 'VariableDeclaration') {
    const names = (declaration.declarations as Syntax[]).map(({ id }) => nameOf(id));
    // Names taken apart cannot be told here: they count as unreadable.
    return names.map((name) => name ?? '*');
  }
  const isCode = /^(Function|Class)Declaration$/.test(declaration.type);
  return isCode ? [nameOf(declaration.identifier) ?? '*'] : [];
}

function listedNames(specifiers: Syntax[]): string[] {
  return specifiers
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ exported, orig, name }) => nameOf(exported) ?? nameOf(orig) ?? nameOf(name) ?? '*');
}
