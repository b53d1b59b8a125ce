import { expect, it } from 'vitest';
import type { Import } from './cruise';
import { missingTexts } from './given-texts';

const page = 'app/shop/page.tsx';
const form = 'app/shop/form.tsx';
const imports: Import[] = [
  { from: page, specifier: './form', to: form, typeOnly: false },
  { from: form, specifier: '@/components/a', to: 'components/a.tsx', typeOnly: false },
];

const missing = (change: Record<string, string>) => {
  const files = {
    'app/layout.tsx': "<GiveTexts areas={['layout']}>{children}</GiveTexts>",
    [page]: "const t = useT('admin'); <GiveTexts areas={['connect']}><Form /></GiveTexts>",
    [form]: "'use client';\nconst t = useT('connect');",
    'components/a.tsx': "const t = useT('layout');",
    ...change,
  };
  return missingTexts(new Map(Object.entries(files)), imports);
};

it('are enough when the page and its layouts give them', () => {
  expect(missing({})).toEqual([]);
});

it.each([
  [{ [page]: '<Form />' }, [`${page} does not give the texts of connect that ${form} uses`]],
  [
    { 'app/layout.tsx': '{children}' },
    [`${page} does not give the texts of layout that components/a.tsx uses`],
  ],
  [
    { 'components/a.tsx': "const t = useT('audit');" },
    [`${page} does not give the texts of audit that components/a.tsx uses`],
  ],
])('are missed: %j', (change, found) => expect(missing(change)).toEqual(found));

it('are not missed by what stays on the server', () => {
  expect(missing({ [form]: "const t = useT('audit');" })).toEqual([]);
});
