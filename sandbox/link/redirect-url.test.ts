import { describe, expect, it } from 'vitest';
import { fillRedirectUrl } from './redirect-url';

const fill = (template: string, custom: Record<string, string> = {}, allowed: string[] = []) =>
  fillRedirectUrl(
    template,
    { reserved: { companyId: 'c-1', errorMessage: 'User cancelled.', statusText: '' }, custom },
    allowed,
  );

describe('redirect URL', () => {
  const template = 'https://www.mybank.io/{journeyType}/success?ClientType={clientType}';
  it.each([
    [
      { journeyType: 'demo', clientType: 'test' },
      'https://www.mybank.io/demo/success?ClientType=test',
    ],
    [{ clientType: 'test' }, 'https://www.mybank.io//success?ClientType=test'],
    [{ journeyType: 'demo' }, 'https://www.mybank.io/demo/success?ClientType='],
    [{}, 'https://www.mybank.io//success?ClientType='],
  ])('with %j', (custom, expected) => {
    expect(fill(template, custom)).toBe(expected);
  });

  it('gets nothing appended when it is static', () => {
    expect(fill('https://a.example/b?c=d#e', { x: '1' })).toBe('https://a.example/b?c=d#e');
  });

  it('encodes values, keeps empty ones, and lets reserved names win', () => {
    const filled = fill(
      'https://a.example/?m={errorMessage}&t={statusText}&c={companyId}&C={companyid}&s={state}',
      { companyId: 'forged', state: 'a&b=c d/é' },
    );
    expect(filled).toBe(
      'https://a.example/?m=User%20cancelled.&t=&c=c-1&C=&s=a%26b%3Dc%20d%2F%C3%A9',
    );
  });

  it('cannot be led to another host from path or query', () => {
    expect(fill('https://a.example/{next}', { next: '//evil.example/@' })).toBe(
      'https://a.example/%2F%2Fevil.example%2F%40',
    );
  });

  it.each([
    ['https://{environment}.mybank.io/success', { environment: 'uat' }],
    ['https://{website}/success', { website: 'uat.mybank.io' }],
  ])('allows a dynamic host that is listed: %s', (dynamic, custom) => {
    expect(fill(dynamic, custom, ['https://uat.mybank.io'])).toBe('https://uat.mybank.io/success');
  });

  it.each([
    ['another host', { website: 'evil.example' }],
    ['a host that hides another', { website: 'uat.mybank.io@evil.example' }],
    ['a path in the host', { website: 'evil.example/uat.mybank.io' }],
    ['nothing', {}],
  ])('refuses a dynamic host: %s', (_, custom) => {
    expect(fill('https://{website}/success', custom, ['https://uat.mybank.io'])).toBeNull();
  });
});
