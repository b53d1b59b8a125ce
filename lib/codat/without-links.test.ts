import { expect, it } from 'vitest';
import { withoutLinks } from './without-links';

it.each([
  ['see https://link.codat.io/company/1?a=b&link.otp=ABC now', 'see [link] now'],
  ['"http://localhost:4010/companies/1/connections/2/start?otp=ABC"', '"[link]"'],
  ['https://link.codat.io/acme-payments/company/1', '[link]'],
  ['go to /company/1?link.otp=ABC', 'go to /company/1?link.otp=[cut]'],
  [
    'Sign in at https://login.xero.com/identity again.',
    'Sign in at https://login.xero.com/identity again.',
  ],
  ['The company/branch is wrong', 'The company/branch is wrong'],
])('makes of %s: %s', (text, wanted) => {
  expect(withoutLinks(text)).toBe(wanted);
});
