import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './security-headers';

const production = {
  APP_URL: 'https://portal.example.com',
  CODAT_LINK_ORIGINS: ['https://link.codat.io'],
  PORTAL_MODE: 'production' as const,
};
const demo = {
  APP_URL: 'http://localhost:3000',
  CODAT_LINK_ORIGINS: ['http://localhost:4010'],
  PORTAL_MODE: 'demo' as const,
};

describe('contentSecurityPolicy', () => {
  it('allows scripts only by nonce, and no framing', () => {
    const policy = contentSecurityPolicy('abc', '/sign-in', production);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain('upgrade-insecure-requests');
    expect(policy).not.toContain('unsafe-eval');
  });

  it.each([
    ['/sign-in', "form-action 'self'"],
    ['/connectors', "form-action 'self'"],
    ['/connect', "form-action 'self' https:"],
    ['/connections/1/disconnect', "form-action 'self' https:"],
    ['/link/done/1', "form-action 'self' https:"],
  ])('lets forms on %s go to: %s', (path, wanted) => {
    const found = contentSecurityPolicy('n', path, production)
      .split('; ')
      .find((directive) => directive.startsWith('form-action'));
    expect(found).toBe(wanted);
  });

  it('adds the ports of a local Codat', () => {
    expect(contentSecurityPolicy('n', '/connect', demo)).toContain(
      "form-action 'self' https: http://localhost:*",
    );
  });
});
