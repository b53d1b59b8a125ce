import { basename } from 'node:path';

// What only some browser tests and attacks see: the first line whose folder holds the changed file
// decides. A file that no line names is shared by all, and so is a folder of fixtures.
const areas = [
  [/^(docs|bench|ops)\/|^architecture\/(?!access-rules)|\.md$|\.test\.(ts|tsx|mjs)$/, [], []],
  [/^architecture\//, ['access-matrix', 'leaks'], []],
  [/^tools\/(?!testing|stack|building|postgres|processes)|^testing\//, [], []],
  [/^app\/\(admin\)\/admin\/webhooks\//, ['admin-webhooks', 'access-matrix'], []],
  [/^app\/\(admin\)\/admin\/audit\//, ['admin-audit', 'access-matrix'], []],
  [/^app\/\(admin\)\/admin\/settings\//, ['settings', 'access-matrix'], []],
  [/^app\/\(admin\)\//, ['admin', 'accessibility', 'access-matrix', 'main-job', 'settings'], []],
  [/^app\/\(customer\)\/account\//, ['account', 'access-matrix', 'oidc'], []],
  [
    /^app\/\(customer\)\/(connect|connections|link)\/|^app\/link\/|^lib\/linking\//,
    [
      'access',
      'assumptions',
      'disconnect',
      'hostile',
      'knowledge',
      'leaks',
      'main-job',
      'no-javascript',
    ].concat('accessibility', 'codat-calls', 'one-time-links', 'outcomes', 'returns'),
    ['bad-days', 'quota'],
  ],
  [
    /^app\/\(public\)\/|^lib\/auth\//,
    ['access', 'account', 'guessing', 'hostile', 'main-job', 'no-javascript', 'oidc', 'set-up'],
    ['rotation', 'sessions', 'sign-up'],
  ],
  [
    /^lib\/webhooks\/|^app\/api\/webhooks\//,
    ['admin-webhooks', 'codat-calls', 'knowledge', 'main-job', 'webhooks'],
    ['clock-skew', 'event-orders', 'killed-while-receiving', 'lossy-webhooks'].concat(
      'one-event-often',
      'signature',
    ),
  ],
  [
    /^lib\/sync\//,
    ['admin-overview', 'assumptions', 'codat-calls', 'knowledge', 'main-job'],
    ['bad-days', 'clock-skew', 'event-orders', 'lossy-webhooks', 'quota'],
  ],
  [/^lib\/audit\//, ['admin-audit', 'admin-company', 'settings'], ['restore']],
  [/^lib\/operations\/metrics\//, ['metrics', 'leaks'], []],
  [/^lib\/operations\//, ['admin-overview', 'settings'], []],
];

/**
 * Which browser tests and attacks a change touches: `{specs, attacks}`, names of files of the lists
 * given. A spec or attack that changed is touched itself; what all share touches all of them.
 */
export function findAffected(changed, { specs, attacks }) {
  const touched = { specs: new Set(), attacks: new Set() };
  for (const file of changed) {
    if (specs.includes(file)) touched.specs.add(file);
    else if (attacks.includes(file)) touched.attacks.add(file);
    else {
      const [specWords, attackWords] = areaOf(file);
      for (const spec of specs) if (isNamed(spec, specWords)) touched.specs.add(spec);
      for (const attack of attacks) if (isNamed(attack, attackWords)) touched.attacks.add(attack);
    }
  }
  return {
    specs: specs.filter((spec) => touched.specs.has(spec)),
    attacks: attacks.filter((attack) => touched.attacks.has(attack)),
  };
}

function areaOf(file) {
  if (file.startsWith('e2e/')) return [null, []];
  if (file.startsWith('resilience/')) return [[], null];
  const [, specWords = null, attackWords = null] = areas.find(([path]) => path.test(file)) ?? [];
  return [specWords, attackWords];
}

/** Whether a file's name begins with one of the words; no words at all mean every file. */
function isNamed(file, words) {
  return words === null || words.some((word) => basename(file).startsWith(word));
}

/** Every word that `areas` uses, for the test that they name something. */
export const areaWords = {
  specs: areas.flatMap(([, words]) => words),
  attacks: areas.flatMap(([, , words]) => words),
};
