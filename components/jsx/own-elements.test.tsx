import { Children, Fragment, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';

const icon = <svg />;
const list = ['a', <b key="b">b</b>];

const cases: [name: string, make: () => ReactNode, html: string][] = [
  ['a text on its own', () => <p>Connected</p>, '<p>Connected</p>'],
  [
    'a text beside an element',
    () => <p>{icon}Connected</p>,
    '<p><svg></svg><span>Connected</span></p>',
  ],
  ['texts side by side', () => <p>a {'b'}</p>, '<p><span>a </span><span>b</span></p>'],
  ['a number', () => <p>{icon}3</p>, '<p><svg></svg><span>3</span></p>'],
  ['a list', () => <p>{list}</p>, '<p><span>a</span><b>b</b></p>'],
  [
    'a list beside an element',
    () => (
      <p>
        {icon}
        {list}
      </p>
    ),
    '<p><svg></svg><span>a</span><b>b</b></p>',
  ],
  [
    'a fragment',
    () => (
      <p>
        <>Connected</>
      </p>
    ),
    '<p><span>Connected</span></p>',
  ],
  ['an option', () => <option>a{'b'}</option>, '<option>ab</option>'],
  [
    'nothing',
    () => (
      <p>
        {null}
        {false}
      </p>
    ),
    '<p></p>',
  ],
];

function Passes({ children }: { children: ReactNode }) {
  return <p>{children}</p>;
}

describe('texts with siblings have an element of their own', () => {
  it.each(cases)('%s', (_name, make, html) => {
    expect(renderToStaticMarkup(make())).toBe(html);
  });

  it('also where someone else’s component puts them', () => {
    const passed = <Passes>{icon}Connected</Passes>;
    expect(renderToStaticMarkup(passed)).toBe('<p><svg></svg><span>Connected</span></p>');
  });

  it('keeps the elements that need none', () => {
    const made = (
      <Fragment>
        {icon}
        {null}
      </Fragment>
    );
    const { children } = made.props as { children: ReactNode };
    expect(Children.toArray(children)).toHaveLength(1);
  });
});
