import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { rootDir } from '../paths.mjs';

/** Attacks that are tests of the usual kinds, with one form only, and the files that make them. */
const attacks = [
  {
    promise: 'Every acknowledged webhook counts, once',
    name: 'Events early, late, from the future, of unknown type, company or status, with fields missing, null or extra; poison; forged, huge or garbled deliveries',
    holds:
      'each is applied once, set aside until it can be, or buried, and delays no other; what is not authentic is refused and leaves nothing',
    files: [
      'lib/webhooks/inbox/process-inbox.test.ts',
      'lib/webhooks/inbox/inbox-tries.test.ts',
      'lib/webhooks/inbox/odd-events.test.ts',
      'lib/webhooks/inbox/parse-event.test.ts',
      'lib/webhooks/inbox/verify.test.ts',
      'e2e/webhooks.spec.ts',
    ],
  },
  {
    promise: 'The truth wins',
    name: 'Sweeps that fail midway, run in several processes, meet short pages, quotas and `Retry-After`; reads, events and changes that overtake each other under wrong clocks; old knowledge',
    holds:
      'a sweep goes on where it stopped, once, within its share, and takes nothing for gone that it missed; older knowledge never overwrites newer; pages say how old their knowledge is',
    files: [
      'lib/sync/order.test.ts',
      'lib/sync/adopt-company.test.ts',
      'lib/sync/sweep/coverage.test.ts',
      'lib/sync/sweep/run-sweep.test.ts',
      'lib/codat/gate.test.ts',
      'lib/sync/drain-reads.test.ts',
      'lib/sync/read-company.test.ts',
      'e2e/knowledge.spec.ts',
    ],
  },
  {
    promise: 'One company, ever',
    name: 'Crashes between two steps, replayed 5xx, plan limit, refused keys, a company deleted at Codat',
    holds:
      'one company at Codat; customer and staff read what is the matter; set-up resumes by itself; what was deleted is never made again',
    files: [
      'lib/companies/provision/provision-company.test.ts',
      'lib/companies/staff/deleted-company.test.ts',
      'lib/companies/sign-up.test.ts',
      'lib/companies/provision/retry-setup.test.ts',
      'e2e/set-up.spec.ts',
    ],
  },
  {
    promise: 'The way out and back',
    name: 'Link URLs of a foreign origin; returns forged, foreign, used, late, twice, in two tabs, signed out; one-time links used twice or expired',
    holds:
      'nobody is sent to a foreign origin; the outcome is what Codat says; every dead link has a fresh one beside it',
    files: [
      'e2e/returns.spec.ts',
      'e2e/outcomes.spec.ts',
      'e2e/one-time-links.spec.ts',
      'lib/linking/linking.test.ts',
    ],
  },
  {
    promise: 'Nobody else’s',
    name: 'Every page, action, handler, RSC and prefetch request as anybody who may not, with `proxy.ts` and without it',
    holds:
      'nothing of another’s is answered or changed; a new route or action without a rule fails',
    files: ['e2e/access-matrix.spec.ts', 'e2e/access.spec.ts'],
  },
  {
    promise: 'Nobody else’s',
    name: 'Forms from other sites, forged hosts, open redirects, fields that a form does not have, markup in every text, bytes that no database takes',
    holds: 'refused, or taken as the plain text that it is',
    files: ['e2e/hostile-input.spec.ts'],
  },
  {
    promise: 'Identity',
    name: '1,000 wrong passwords from many addresses; an admin’s address signed up first; OpenID Connect with `oidc-provider`; invitations',
    holds:
      'guessing is throttled and the owner gets in; whoever proves an address owns it, and what was before is void',
    files: [
      'e2e/guessing.spec.ts',
      'e2e/oidc.spec.ts',
      'e2e/account.spec.ts',
      'lib/auth/sign-in-throttle.test.ts',
      'lib/auth/sign-in-time.test.ts',
      'lib/auth/oidc/provider-sign-in.test.ts',
      'lib/auth/staff/staff-invites.test.ts',
    ],
  },
  {
    promise: 'No leaks',
    name: 'Every page, its data, every JSON answer and log line of this run searched for Link URLs, one-time passwords, secrets and hashes, with planted canaries',
    holds: 'the canaries are found, and nothing else is',
    files: ['e2e/leaks.spec.ts', 'e2e/whole-run.ts'],
  },
];

const allFiles = attacks.flatMap(({ files }) => files);

/** Which unit and which browser tests make attacks. */
export const attackFiles = {
  unit: allFiles.filter((file) => !file.startsWith('e2e/')),
  e2e: allFiles.filter((file) => file.endsWith('.spec.ts')),
};

/** Lines for `describeAttacks`, from the reports that both kinds of tests left in the folder. */
export function describeTested(folder) {
  const tests = [
    ...unitTests(readJson(join(folder, 'vitest.json'))),
    ...browserTests(readJson(join(folder, 'playwright.json'))),
  ];
  return attacks.map(({ files, ...attack }) => {
    const own = tests.filter(({ file }) => files.includes(file));
    const ms = own.reduce((sum, test) => sum + test.ms, 0);
    return {
      ...attack,
      rounds: own.length,
      held: files.every((file) => own.some((test) => test.file === file)) && own.every(isPassed),
      figures: [['tests of', files.map((file) => `\`${basename(file)}\``).join(', ')]],
      seconds: Math.round(ms / 1000),
    };
  });
}

const isPassed = ({ passed }) => passed;

function unitTests(report) {
  return (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, duration }) => ({
      file: relative(rootDir, name),
      passed: status === 'passed',
      ms: duration ?? 0,
    })),
  );
}

function browserTests(report) {
  const inSuite = ({ suites = [], specs = [] }) => [
    ...suites.flatMap(inSuite),
    ...specs.map(({ file, ok, tests }) => ({
      file,
      passed: ok,
      ms: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
    })),
  ];
  return inSuite(report ?? {});
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
