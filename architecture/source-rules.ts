import { tests } from './import-rules';
import { isDirective, nameOf, type Syntax, startsWith } from './syntax';

/** What a file does that it may not, one line for a person each. */
export type SourceRule = (path: string, body: Syntax[], pieces: Syntax[]) => string[];

const isTest = (path: string) => new RegExp(tests).test(path);

/** `require()` and an import whose target is computed: the rules on imports do not see them. */
export const hiddenImports: SourceRule = (path, _body, pieces) =>
  pieces.flatMap((piece) => {
    if (piece.type !== 'CallExpression') return [];
    const callee = piece.callee as Syntax;
    if (nameOf(callee) === 'require') return [`${path}: require() hides an import`];
    const isComputed = callee.type === 'Import' && argumentsOf(piece)[0]?.type !== 'StringLiteral';
    return isComputed ? [`${path}: the target of an import() is not a plain string`] : [];
  });

function argumentsOf(piece: Syntax): Syntax[] {
  const given =
    piece.type === 'CallExpression' ? (piece.arguments as { expression: Syntax }[]) : [];
  return given.map(({ expression }) => expression);
}

function isProcess(value: unknown): boolean {
  const { type, property } = (value ?? {}) as Syntax;
  if (type === 'Identifier') return nameOf(value) === 'process';
  return type === 'MemberExpression' && nameOf(property) === 'process';
}

// The settings of tools, what starts processes, the colours of a terminal, and the local Codat's door.
const mayReadEnvironment =
  /^(env\.ts|[\w.-]+\.config\.\w+|tools\/.+|commands\/doctor\.ts|sandbox\/main\.ts)$/;

/** Reads of the environment outside of env.ts. */
export const environment: SourceRule = (path, _body, pieces) => {
  if (mayReadEnvironment.test(path) || isTest(path)) return [];
  // Next.js puts a constant in its place.
  const replaced = pieces
    .filter(({ property }) => path === 'instrumentation.ts' && nameOf(property) === 'NEXT_RUNTIME')
    .map(({ object }) => object);
  const reads = pieces.some((piece) => {
    const { type, object, property, source, init, right } = piece;
    if (type === 'MemberExpression' && isProcess(object)) {
      const isComputed = (property as Syntax).type === 'Computed';
      return (isComputed || nameOf(property) === 'env') && !replaced.includes(piece);
    }
    if (type === 'ImportDeclaration') return /^(node:)?process$/.test(nameOf(source) ?? '');
    return [init, right, ...argumentsOf(piece)].some(isProcess);
  });
  return reads ? [`${path}: only env.ts reads the environment`] : [];
};

/**
 * Server actions inside a component. What such an action closes over travels through the browser,
 * sealed with a key that every build of the portal knows (tools/building/deployment.mjs).
 */
export const inlineActions: SourceRule = (path, body, pieces) => {
  if (!/^(app|components|lib)\//.test(path)) return [];
  const found = pieces.filter((piece) => isDirective(piece, 'use server')).length;
  return found > (startsWith(body, 'use server') ? 1 : 0)
    ? [`${path}: write the action into a file that starts with 'use server'`]
    : [];
};

/** A path of Codat's API at the start of a string: the portal's own companies are under /admin. */
const codatPath = /^(\/companies\b|\/integrations\b|\/webhooks\b|\/profile\b)/;
const codatAccess = /\bapi\.codat\.io\b|\bCODAT_API_(URL|KEY)\b/;
const knowsPaths = /^(lib\/codat|sandbox)\//;
// The checks name these settings, to say that they are missing or wrong.
const knowsAccess =
  /^(lib\/codat\/|lib\/operations\/checks\/|env\.ts$|sandbox\/|tools\/|commands\/)/;

/** Codat's API outside of lib/codat: its paths, its address and key. */
export const codatKnowledge: SourceRule = (path, _body, pieces) => {
  if (isTest(path)) return [];
  const startsOf = ({ type, value, quasis }: Syntax) =>
    type === 'StringLiteral' ? value : (quasis as Syntax[] | undefined)?.[0]?.raw;
  const namesPath = pieces.some((piece) => codatPath.test(String(startsOf(piece) ?? '')));
  const namesAccess = pieces.some(({ value, raw }) => codatAccess.test(`${value} ${raw}`));
  return (namesPath && !knowsPaths.test(path)) || (namesAccess && !knowsAccess.test(path))
    ? [`${path}: only lib/codat knows Codat's API`]
    : [];
};

const functions = /^(Function(Declaration|Expression)|ArrowFunctionExpression|ClassMethod)$/;
const givesTexts = /^(getT|tIn|useT|messageTextIn|getMessageText|translatorOf|createTranslator)$/;

/** Every piece of code that runs when its module is loaded. */
function piecesAtLoad(value: unknown): Syntax[] {
  if (typeof value !== 'object' || value === null) return [];
  const piece = value as Syntax;
  if (functions.test(piece.type)) return [];
  return [piece, ...Object.values(piece).flatMap(piecesAtLoad)];
}

/** Texts that are bound when a module is loaded, and so to one language for every request. */
export const boundTexts: SourceRule = (path, body) => {
  if (!/^(app|components|lib)\//.test(path) || isTest(path)) return [];
  const bound = piecesAtLoad(body).some(
    ({ type, callee }) => type === 'CallExpression' && givesTexts.test(nameOf(callee) ?? ''),
  );
  return bound ? [`${path}: get texts when they are shown, not when the module is loaded`] : [];
};

const formatsAlone = /^toLocale(Date|Time)?String$/;

/** A language that is not the reader's: a tag in the code, or the process's own. */
export const fixedLanguages: SourceRule = (path, _body, pieces) => {
  if (!/^(app|components|lib)\//.test(path) || isTest(path)) return [];
  const fixed = pieces.some(
    ({ type, value, property }) =>
      (type === 'StringLiteral' && /^[a-z]{2}-[A-Z]{2}$/.test(String(value))) ||
      formatsAlone.test(nameOf(property) ?? ''),
  );
  return fixed ? [`${path}: format in the reader's language, by useLocale() or getLocale()`] : [];
};

const ofAnyBusiness = /^\/(connections|connect|account)$/;

/**
 * Customers' pages without the header of their business, and links in them to pages that can be
 * about any business, without saying which: a person with several would come to the wrong one.
 */
export const ownBusiness: SourceRule = (path, _body, pieces) => {
  if (!path.startsWith('app/(customer)/') || isTest(path)) return [];
  const hasHeader = pieces.some((piece) => nameOf(piece) === 'BusinessPage');
  const isPage = path.endsWith('/page.tsx');
  const links = pieces.filter(
    ({ type, name, value }) =>
      type === 'JSXAttribute' &&
      nameOf(name) === 'href' &&
      ofAnyBusiness.test(nameOf(value) ?? '') &&
      // A page that was not found is about no business.
      !path.endsWith('/not-found.tsx'),
  );
  return [
    ...(isPage && !hasHeader ? [`${path}: a page brings the header of its business`] : []),
    ...(links.length > 0 ? [`${path}: link by businessHref(), which names the business`] : []),
  ];
};

export const sourceRules = [
  hiddenImports,
  environment,
  inlineActions,
  codatKnowledge,
  boundTexts,
  fixedLanguages,
  ownBusiness,
];
