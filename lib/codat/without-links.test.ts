import { expect, it } from 'vitest';
import { isLinkUrl, withoutLinks } from './without-links';

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

const id = '1126743b-113d-4d72-b14f-36d6742df487';

it.each([
  [`https://link.codat.io/company/${id}`, true],
  [`https://link.codat.io/platypus-payments/company/${id}`, true],
  [`http://localhost:4010/companies/${id}/connections/${id}/start`, true],
  [`https://link.codat.io/link/start/${id}/${id}`, true],
  [`https://link.codat.io/${id}/link?openId=true`, true],
  ['https://anything.example/?otp=742271', true],
  ['https://crm.example.com/companies/4711', false],
  ['https://crm.example.com/link/4711', false],
  [id, false],
])('takes %s for a Link URL: %s', (text, wanted) => {
  expect(isLinkUrl(text)).toBe(wanted);
});
