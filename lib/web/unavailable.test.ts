import { expect, it } from 'vitest';
import { unavailablePage } from './unavailable';

async function page(locale: string | null, accepted = 'de') {
  const response = unavailablePage('Bank <7>', {
    cookies: { get: () => (locale ? { value: locale } : undefined) },
    headers: new Headers({ 'accept-language': accepted }),
  });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  return response.text();
}

it('is in English where no other language is asked for', async () => {
  const html = await page(null);
  expect(html).toContain('<html lang="en-GB" dir="ltr">');
  expect(html).toContain('Bank &#60;7&#62;');
});

it('is in the language of the request, all of it', async () => {
  const html = await page('ar-x-pseudo');
  expect(html).toContain('<html lang="ar-x-pseudo" dir="rtl">');
  const texts = html
    .replace(/<[^>]*>/g, '\n')
    .split('\n')
    .filter((line) => /\p{L}/u.test(line) && !line.startsWith('Bank'));
  expect(texts).toHaveLength(3);
  for (const text of texts) expect(text).toMatch(/^⟦.*⟧$/);
});
