import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readEnvFile } from './env-file.mjs';

const folder = mkdtempSync(join(tmpdir(), 'env-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = `APP_URL=https://portal.example.com
# A comment
export CODAT_API_KEY="key"
BRAND_NAME='Größe & Co'
`;
const wanted = {
  APP_URL: 'https://portal.example.com',
  CODAT_API_KEY: 'key',
  BRAND_NAME: 'Größe & Co',
};

it.each([
  ['as it should be', Buffer.from(text)],
  ['with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['with the line ends of Windows', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['with those of old Macs', Buffer.from(text.replaceAll('\n', '\r'))],
  ['in UTF-16', Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le')],
  ['in UTF-16 the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
])('reads a file %s', (_how, bytes) => {
  const file = join(folder, '.env');
  writeFileSync(file, bytes);
  expect(readEnvFile(file)).toEqual(wanted);
});

it('takes no file for an empty one', () => {
  expect(readEnvFile(join(folder, 'none'))).toEqual({});
});
