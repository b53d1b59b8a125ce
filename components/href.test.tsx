import Link from 'next/link';
import { expect, it } from 'vitest';
import { firstPage, hrefOf, paramsOf } from './href';

it('leaves out what is empty or as it is by default', () => {
  const input = { q: '', sort: '-created', status: 'ok', after: undefined };
  expect(paramsOf(input, { sort: '-created' })).toEqual([['status', 'ok']]);
  expect(hrefOf('/admin/companies', input)).toBe('/admin/companies?sort=-created&status=ok');
  expect(hrefOf('/admin/companies', { q: '' })).toBe('/admin/companies');
  expect(hrefOf('/admin/companies', { q: 'a&b=c d' })).toBe('/admin/companies?q=a%26b%3Dc+d');
});

it('drops the place in a list', () => {
  expect(firstPage({ state: 'dead', after: '1', before: undefined, top: '2' })).toEqual({
    state: 'dead',
  });
});

// The type checker is what fails here: each line below is an error only while routes are typed.
it('takes addresses that exist', () => {
  const id = String(1);
  const links = [
    <Link key="static" href="/admin/companies" />,
    <Link key="dynamic" href={`/admin/companies/${id}/edit`} />,
    // @ts-expect-error There is no such page.
    <Link key="wrong" href="/admin/compannies" />,
    // @ts-expect-error There is no such page below a company.
    <Link key="wrong below" href={`/admin/companies/${id}/edits`} />,
    // @ts-expect-error Any string is not a route.
    <Link key="any" href={id} />,
  ];
  expect(links).toHaveLength(5);
  // @ts-expect-error There is no such page.
  expect(hrefOf('/admin/changed', { what: 'broke' })).toBe('/admin/changed?what=broke');
});
