import { expect, it } from 'vitest';
import { actionId, deploymentEnvironment } from './deployment.mjs';

it('is the same for every build where nothing is set, but for the name of the build', () => {
  const [first, second] = [deploymentEnvironment({}, 'a1'), deploymentEnvironment({}, 'b2')];
  expect(first.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY).toBe(second.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY);
  expect(Buffer.from(first.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY, 'base64')).toHaveLength(32);
  expect([first.NEXT_DEPLOYMENT_ID, second.NEXT_DEPLOYMENT_ID]).toEqual(['a1', 'b2']);
});

it('is what the environment says', () => {
  const given = {
    NEXT_DEPLOYMENT_ID: '2026-11-23_1',
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(16, 7).toString('base64'),
  };
  expect(deploymentEnvironment(given, 'a1')).toEqual(given);
});

it.each([
  { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: 'too short' },
  { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(31).toString('base64') },
  { NEXT_DEPLOYMENT_ID: 'a b' },
  { NEXT_DEPLOYMENT_ID: 'a'.repeat(65) },
])('refuses %o by name, and never says the value', (given) => {
  const [[name, value]] = Object.entries(given);
  expect(() => deploymentEnvironment(given, 'a1')).toThrow(name);
  expect(() => deploymentEnvironment(given, 'a1')).not.toThrow(value);
});

// Read off a build of Next.js 16.4.6. What is held against a build is in e2e/standalone.spec.ts.
it('knows how Next.js names an action', () => {
  const key = Buffer.alloc(32, 'a').toString('base64');
  expect(actionId(key, 'app/(customer)/actions.ts', 'selectCompany')).toBe(
    '772f173e6a264fa63fa70d71401702781f1f9cec',
  );
});
