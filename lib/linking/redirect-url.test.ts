import { describe, expect, it } from 'vitest';
import { missingParameters, redirectUrl } from './redirect-url';

const appUrl = 'https://connect.example.com';

describe('missingParameters', () => {
  it('finds nothing missing in the URL that the portal needs', () => {
    expect(missingParameters(redirectUrl(appUrl), appUrl)).toEqual([]);
  });

  it('does not mind the order, nor what is there besides', () => {
    const names = ['state', 'errorMessage', 'statusCode', 'platform', 'connectionId', 'companyId'];
    const query = names.map((name) => `${name}={${name}}`).join('&');
    expect(missingParameters(`${appUrl}/link/return?x={y}&${query}`, appUrl)).toEqual([]);
  });

  it('names what is missing, misspelt or filled with something else', () => {
    const url = redirectUrl(appUrl)
      .replace('&state={state}', '')
      .replace('{companyId}', '{companyid}')
      .replace('platform=', 'Platform=');
    expect(missingParameters(url, appUrl)).toEqual(['companyId', 'platform', 'state']);
  });

  it.each([
    '',
    'https://connect.example.com',
    'https://other.example.com/link/return?state={state}',
    'http://connect.example.com/link/return?state={state}',
    'https://{region}.example.com/link/return?state={state}',
  ])('says of %j that it leads elsewhere', (url) => {
    expect(missingParameters(url, appUrl)).toBeNull();
  });
});
