import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { portalVersion } from './process-metrics';

test('the portal says the version that package.json does', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(portalVersion).toBe(version);
});
