import { expect, it } from 'vitest';
import { describeError } from './logger';

it('describes an error and its causes without one-time passwords and SQL parameters', () => {
  const cause = new Error(
    'Failed query: insert into users\nparams: eve@example.com,$argon2id$v=19$hash',
  );
  const error = new Error('GET https://link.codat.io/company/1?link.otp=SECRET failed', { cause });
  const text = JSON.stringify(describeError(error));
  expect(text).toContain('https://link.codat.io/company/1?[cut]');
  expect(text).toContain('insert into users');
  expect(text).not.toMatch(/SECRET|argon2id|eve@/);
});
