import { expect } from '@playwright/test';
import { HttpPerson, signInAction, signUpOverHttp } from './fixtures/http-person';
import { type OwnPortal, startPortal } from './fixtures/portal-process';
import { test } from './fixtures/test';

let behindProxy: OwnPortal;

// One portal for all of them: several workers would each start one.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  behindProxy = await startPortal({ TRUSTED_PROXY_HOPS: '1', WORKER: 'off' });
});

test.afterAll(() => behindProxy?.stop());

/** One try from an address, as a proxy in front reports it behind whatever the client claims. */
async function tryFrom(address: string, visitor: HttpPerson, email: string, password: string) {
  const headers = { 'x-forwarded-for': `8.8.8.8, ${address}` };
  const answer = await visitor.act(signInAction, '/sign-in', { email, password }, headers);
  if (answer.target) return 'signed in';
  if (answer.text.includes('Too many attempts.')) return 'throttled';
  expect(answer.text).toContain('don’t match an account');
  return 'wrong';
}

test('1,000 wrong passwords from 100 addresses are throttled, and the victim signs in', async () => {
  const { http, person } = await signUpOverHttp();
  const attacker = new HttpPerson().at(behindProxy.url);
  const addresses = Array.from({ length: 1000 }, (_none, index) => `203.0.113.${index % 100}`);
  const results = new Map<string, number>();
  const attack = async () => {
    for (let address = addresses.pop(); address; address = addresses.pop()) {
      const result = await tryFrom(address, attacker, person.email, 'not their password');
      results.set(result, (results.get(result) ?? 0) + 1);
    }
  };
  await Promise.all([1, 2, 3, 4].map(attack));
  expect(results.get('signed in')).toBeUndefined();
  expect(results.get('wrong')).toBeLessThanOrEqual(160);
  expect(results.get('throttled')).toBeGreaterThanOrEqual(840);

  const { email, password } = person;
  const elsewhere = new HttpPerson().at(behindProxy.url);
  expect(await tryFrom('198.51.100.7', elsewhere, email, password)).toBe('signed in');
  // Even from among the attackers' addresses, on a device that the account knows.
  const ownDevice = http.at(behindProxy.url);
  expect(await tryFrom('203.0.113.1', ownDevice, email, password)).toBe('signed in');
  const another = new HttpPerson().at(behindProxy.url);
  expect(await tryFrom('203.0.113.1', another, email, password)).toBe('throttled');
});

for (const [form, address] of [
  ['a port', (port: number) => `203.0.113.250:${port}`],
  ['brackets and a port', (port: number) => `[2001:db8:5::7]:${port}`],
  ['no address', (port: number) => `client-${port}`],
] as const) {
  test(`an entry with ${form} is one visitor, however often it changes`, async () => {
    const { person } = await signUpOverHttp();
    const attacker = new HttpPerson().at(behindProxy.url);
    const results = [];
    for (let port = 40_000; port < 40_012; port += 1) {
      results.push(await tryFrom(address(port), attacker, person.email, 'not theirs'));
    }
    expect(results).toEqual([...Array(10).fill('wrong'), 'throttled', 'throttled']);
  });
}

test('without a proxy, a claimed address changes nothing', async () => {
  const { person } = await signUpOverHttp();
  const attacker = new HttpPerson();
  const results = [];
  for (let index = 0; index < 12; index += 1) {
    results.push(await tryFrom(`203.0.113.${index}`, attacker, person.email, 'not theirs'));
  }
  expect(results.filter((result) => result === 'wrong')).toHaveLength(10);
  expect(results.at(-1)).toBe('throttled');
});
