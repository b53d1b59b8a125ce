import { Fragment } from 'react';
import { jsx } from 'react/jsx-runtime';

/** Elements whose text is no place for others. */
const holdTextOnly = new Set<unknown>([
  'option',
  'script',
  'select',
  'style',
  'text',
  'textarea',
  'title',
  'tspan',
]);

const isText = (child: unknown): child is string | number =>
  typeof child === 'number' || (typeof child === 'string' && child.trim() !== '');

/**
 * Gives each text that has siblings an element of its own. Browsers translate a page by replacing its
 * text nodes; React writes into an element, but would go on writing into the node that was replaced.
 */
export function withOwnElements<Props>(type: unknown, props: Props): Props {
  const { children } = props as { children?: unknown };
  const sole = type === Fragment && isText(children);
  const own = sole ? spanOf(children, 0) : wrapped(type, children);
  return own === children ? props : { ...props, children: own };
}

function wrapped(type: unknown, children: unknown): unknown {
  if (!Array.isArray(children) || holdTextOnly.has(type)) return children;
  const own = children.map((child: unknown, i) =>
    isText(child) ? spanOf(child, i) : wrapped(type, child),
  );
  return own.some((child, i) => child !== children[i]) ? own : children;
}

function spanOf(children: string | number, i: number) {
  return jsx('span', { children }, `text-${i}`);
}
