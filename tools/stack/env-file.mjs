import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { rootDir } from '../paths.mjs';

/** What `.env` sets, if there is one. What is really set wins over it. */
export function readEnvFile(file = join(rootDir, '.env')) {
  return existsSync(file) ? parseEnv(decode(readFileSync(file))) : {};
}

/**
 * A file as editors write it: in UTF-8 or, on Windows, UTF-16, with a byte order mark that would
 * become part of the first name, and with line ends of any system.
 */
function decode(bytes) {
  const isBigEndian = bytes[0] === 0xfe && bytes[1] === 0xff;
  const isLittleEndian = bytes[0] === 0xff && bytes[1] === 0xfe;
  const encoding = isBigEndian ? 'utf-16be' : isLittleEndian ? 'utf-16le' : 'utf-8';
  // The decoder leaves the mark out.
  return new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, '\n');
}
