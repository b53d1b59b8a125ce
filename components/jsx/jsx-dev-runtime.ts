import { type ElementType, Fragment as ReactFragment } from 'react';
import { type JSXSource, jsxDEV as reactJsxDev } from 'react/jsx-dev-runtime';
import { withOwnElements } from './own-elements';

export type { JSX } from 'react';
export const Fragment = ReactFragment;

/** The runtime of `npm run dev`. */
export function jsxDEV(
  type: ElementType,
  props: object,
  key: string | undefined,
  isStatic: boolean,
  source?: JSXSource,
  self?: unknown,
) {
  const own = withOwnElements(type, props);
  return reactJsxDev(type, own, key, isStatic, source, self);
}
