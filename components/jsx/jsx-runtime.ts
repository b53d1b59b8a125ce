import { type ElementType, Fragment as ReactFragment } from 'react';
import { jsx as reactJsx, jsxs as reactJsxs } from 'react/jsx-runtime';
import { withOwnElements } from './own-elements';

export type { JSX } from 'react';
export const Fragment = ReactFragment;

/** What the compiler makes of JSX (`jsxImportSource` in tsconfig.json): React's, with own elements. */
export function jsx(type: ElementType, props: object, key?: string) {
  return reactJsx(type, withOwnElements(type, props), key);
}

/** The same for several children. */
export function jsxs(type: ElementType, props: object, key?: string) {
  return reactJsxs(type, withOwnElements(type, props), key);
}
